import Model

/// Which paths of an item to return.
public struct ProjectionExpression: Sendable {
    /// In the order they were written; none overlaps another.
    public let paths: [Path]
    private let tree: PathTree

    /// No path may be equal to another or the beginning of one.
    package init(paths: [Path]) {
        self.paths = paths
        tree = PathTree(paths)
    }

    /// The attributes the paths begin with, each once.
    public var topLevelNames: [String] { paths.topLevelNames }

    /// Only what the item holds at the paths: never its key unless asked for. List elements come back in ascending
    /// order without gaps, missing paths are skipped. Source: reference B2.
    public func project(_ item: Item) -> Item { tree.cut(from: item) }
}
