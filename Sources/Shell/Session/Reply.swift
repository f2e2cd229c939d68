import Model
import Wire

/// What a statement answered, before anything of it is rendered.
struct Reply {
    enum Result {
        case nothing
        case items([ItemGroup])
        /// One item or none, of a request that can answer no more.
        case item(ItemGroup)
        case report(Report)
        case tree(Tree)
        /// Text for people: help, a note.
        case text(String)
        /// What the API answers, as JSON, with a report that people read instead.
        case document(Document, readable: Report)
        /// Several such answers, and a report with a row for each. Of a part there is more to come.
        case documents([Document], readable: Report, isPart: Bool = false)
    }

    var result: Result = .nothing
    var cost: CostLine?
    var notes: [Note] = []

    /// Items that came from one table or index.
    struct ItemGroup {
        /// Said above the rows when a reply has several groups.
        var title: String
        /// Names in the order of the key schema: these columns come first. Of several tables, one after the other.
        var keys: [AttributeName]
        /// Nil where a position of the request has no item.
        var items: [Item?]
        /// Where the items are of several tables: the key of each one's own.
        var itemKeys: [[AttributeName]]?

        func keys(ofItem index: Int) -> [AttributeName] { itemKeys?[index] ?? keys }
    }

    /// A title with labelled lines below it, such as EXPLAIN gives.
    struct Tree {
        var title: String
        var branches: [Branch]
        /// Below the tree, with their labels: `cost`, `warn`, `api`.
        var footers: [Branch]

        struct Branch {
            var label: String
            var text: String
            var detail = ""
        }
    }

    /// Something worth telling. One with a `kind` is told once a session.
    struct Note: Equatable {
        var text: String
        var kind: Kind?

        enum Kind: Hashable {
            case filterRunsAfterRead
            case scanReadsEverything
            case ambiguousValue(String)
            case moreRemains
            case indexIsEventual
        }
    }
}
