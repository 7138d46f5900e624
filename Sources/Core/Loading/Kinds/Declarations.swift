/// The declarations of all kinds, one file for each kind. They are what the reader, the schemas and the documentation
/// have in common.
enum Declarations {}
