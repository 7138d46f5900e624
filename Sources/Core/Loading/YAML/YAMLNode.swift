/// One value of a YAML document, 28 bytes, in preorder: a value's children follow it directly, and `end` says where
/// its subtree stops. A document is one flat array of these, so that ten thousand servers cost no objects.
struct YAMLNode {
    enum Kind: UInt8 {
        case scalar
        case sequence
        case mapping
        /// Stands for the node whose index `text` holds.
        case alias
    }

    enum Style: UInt8 {
        /// Without quotes: only such a scalar can be null.
        case plain
        case quoted
        /// `|` and `>`.
        case block
        /// `[…]` and `{…}`.
        case flow
    }

    var kind: Kind
    var style: Style
    /// The text lies in the document's own buffer, because escapes or folding made it differ from the source.
    var isCooked: Bool
    /// Where the value stands in the file, in bytes.
    var offset: UInt32
    var length: UInt32
    /// Index of the first node after this one's subtree.
    var end: UInt32
    /// Where the scalar's text begins, in the file or in the cooked buffer; an alias's target.
    var text: UInt32
    var textLength: UInt32
    /// Elements of a sequence, pairs of a mapping.
    var count: UInt32
}
