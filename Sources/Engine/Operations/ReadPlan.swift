import Expressions
import Model

/// A Query or Scan that has passed every check: what to read, in which order, and what to do with it.
struct ReadPlan {
    let target: ReadTarget
    let range: KeyRange
    var descending = false
    let isConsistent: Bool
    let filter: (any ItemPredicate)?
    let projection: ProjectionExpression?
    /// Entries to evaluate at most.
    var limit: Int?
    var countsOnly = false
    /// A local index lacks attributes that are wanted.
    let fetchesItems: Bool
    /// The condition fixes the table's whole key: there is nothing after the page.
    var isOfOneItem = false

    var consistency: RequestReport.Consistency { isConsistent ? .strong : .eventual }
}

extension Region {
    /// The expressions and the target of a read, bound and checked.
    struct BoundRead {
        let target: ReadTarget
        let keyCondition: KeyConditionExpression?
        let filter: ConditionExpression?
        let projection: ProjectionExpression?
    }

    /// The expressions of a read, or what stands in their place.
    struct BoundExpressions {
        var keyCondition: KeyConditionExpression?
        var filter: ConditionExpression?
        var projection: ProjectionExpression?
        /// Their paths that lead into an attribute.
        var nestedPaths: [Path] = []

        var isEmpty: Bool { keyCondition == nil && filter == nil && projection == nil }
    }

    /// Reads, in the service's order: the start key's values, the expressions, the table, the index.
    func bindRead(
        of table: TableReference,
        index: String?,
        keyCondition: String? = nil,
        filter: String?,
        projection: String?,
        _ attributes: ExpressionAttributes,
        legacy: BoundExpressions,
        isConsistent: Bool,
        select: Select?,
        after start: Item?
    ) throws(ServiceError) -> BoundRead {
        if let start { try ItemRules.checkValues(of: start) }
        var bound = try bindRead(keyCondition: keyCondition, filter: filter, projection: projection, attributes)
        if bound.isEmpty { bound = legacy }
        let target = try readTarget(table: activeTable(table), index: index)
        try checkRead(
            target,
            isConsistent: isConsistent,
            select: select,
            projection: bound.projection,
            filter: bound.filter
        )
        try target.table.checkNestedPaths(bound.nestedPaths)
        return BoundRead(
            target: target,
            keyCondition: bound.keyCondition,
            filter: bound.filter,
            projection: bound.projection
        )
    }

    func startPage(_ plan: ReadPlan, limit: Int?) -> PageWalk {
        PageWalk(
            filter: plan.filter,
            projection: plan.projection,
            limit: limit,
            countsOnly: plan.countsOnly,
            fetchesItems: plan.fetchesItems
        )
    }

    /// The answer of a page that has been read.
    func response(
        _ page: PageWalk,
        of plan: ReadPlan,
        _ wanted: ReturnConsumedCapacity,
        _ journey: Journey
    ) -> PageResponse {
        page.response(
            target: plan.target,
            isLast: plan.isOfOneItem,
            capacity: journey.report.consumedCapacity.first?.reduced(for: wanted)
        )
    }
}
