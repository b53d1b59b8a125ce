/** The version in package.json; a test compares them. */
export const portalVersion = '0.1.0';
