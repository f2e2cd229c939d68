import Expressions
import Model

extension Region {
    func query(_ request: QueryRequest, _ journey: inout Journey) throws(ServiceError) -> PageResponse {
        let router = arrive(&journey)
        let plan = try planQuery(request)
        var page = startPage(plan, limit: plan.limit)
        try runQuery(plan, into: &page, router: router, &journey)
        return response(page, of: plan, request.returnConsumedCapacity, journey)
    }

    func planQuery(_ request: QueryRequest) throws(ServiceError) -> ReadPlan {
        let reference = try metadata.reference(to: request.tableName)
        try ReadRules.check(request)
        let legacy = try legacyExpressions(of: request)
        try ReadRules.checkSelection(request)
        let bound = try bindRead(
            of: reference,
            index: request.indexName,
            keyCondition: request.keyConditionExpression,
            filter: request.filterExpression,
            projection: request.projectionExpression,
            request.expressionAttributes,
            legacy: legacy,
            isConsistent: request.consistentRead,
            select: request.select,
            after: request.exclusiveStartKey
        )
        let target = bound.target
        let condition = try bound.keyCondition!.resolve(against: target.key)
        if let key = bound.filter?.topLevelNames.first(where: { target.key.contains($0) }) {
            let parameter = request.queryFilter == nil ? "Filter Expression" : "QueryFilter"
            throw .validationException(
                "\(parameter) can only contain non-primary key attributes: Primary key attribute: \(key)"
            )
        }
        var range = target.range(of: condition)
        let isOfOneItem = target.definition == nil && condition.fixes(target.key)
        if let start = request.exclusiveStartKey {
            try checkStartKey(start, for: target)
            if isOfOneItem {
                throw .validationException("The query can return at most one row and cannot be restarted")
            }
            let whole = range
            range = try target.rest(of: range, after: start, forward: request.scanIndexForward, condition)
            if constants.sabotage == .repeatsPageAfterSplit { range = target.repeated(range, of: whole, after: start) }
        }
        return ReadPlan(
            target: target,
            range: range,
            descending: !request.scanIndexForward,
            isConsistent: request.consistentRead,
            filter: bound.filter,
            projection: bound.projection,
            limit: request.limit,
            countsOnly: request.select == .count,
            fetchesItems: target.fetchesItems(
                select: request.select,
                projection: bound.projection,
                filter: bound.filter
            ),
            isOfOneItem: isOfOneItem
        )
    }

    func legacyExpressions(of request: QueryRequest) throws(ServiceError) -> BoundExpressions {
        BoundExpressions(
            keyCondition: try KeyConditionExpression(keyConditions: request.keyConditions),
            filter: try ConditionExpression(filter: request.queryFilter, joinedBy: request.conditionalOperator),
            projection: try ProjectionExpression(attributesToGet: request.attributesToGet)
        )
    }

    /// Reads the plan's range until it ends or the page is full, and charges what was evaluated.
    func runQuery(_ plan: ReadPlan, into page: inout PageWalk, router: Int, _ journey: inout Journey)
        throws(ServiceError)
    {
        let target = plan.target
        let consistency = plan.consistency
        journey.report.kind = .read
        journey.report.consistency = consistency
        propagate(to: target, journey.now)
        var first: Partition?
        var replica = 0
        var range: KeyRange? = plan.range
        while let part = range, !page.isFull {
            let (partition, rest) = PartitionMap.firstStep(
                of: part,
                descending: plan.descending,
                in: target.partitions
            )
            // A partition that was split meanwhile is looked up anew.
            guard let answered = try readStep(part, of: partition, plan, into: &page, router: router, &journey)
            else { continue }
            first = first ?? partition
            replica = answered
            range = rest
        }
        let units = consistency.readFactor * Capacity.readUnits(page.takeEvaluatedBytes())
        if let first { admission.admitRead(units: units, from: first, replica: replica, at: journey.now) }
        journey.report.add(
            target.consumedCapacity(units, fetchUnits: consistency.readFactor * page.takeFetchedUnits())
        )
    }

    /// Reads what of a range lies in one partition. The position of the replica that answered; nil when it is split.
    func readStep(
        _ range: KeyRange,
        of partition: Partition,
        _ plan: ReadPlan,
        into page: inout PageWalk,
        router: Int,
        _ journey: inout Journey
    ) throws(ServiceError) -> Int? {
        let target = plan.target
        routeScan(
            to: partition,
            at: partition.range.contains(range.lower) ? range.lower : partition.range.lower,
            of: target,
            toLeader: plan.isConsistent || target.globalIndex != nil,
            router: router,
            &journey
        )
        return try read(
            range,
            of: partition,
            target,
            descending: plan.descending,
            isConsistent: plan.isConsistent,
            router: router,
            into: &page,
            &journey
        )
    }

    /// Brings a global index up to what is due before it is read.
    func propagate(to target: ReadTarget, _ instant: SimulatedInstant) {
        guard let index = target.globalIndex else { return }
        index.propagate(through: instant, constants: constants)
        index.tidyLogs(on: instant, lag: constants.followerLag)
        splitLargePartitions(of: index, in: target.table, on: instant)
    }

    /// Parses and binds a read's expressions in the service's order: key condition, filter, projection.
    func bindRead(
        keyCondition: String?,
        filter: String?,
        projection: String?,
        _ attributes: ExpressionAttributes
    ) throws(ServiceError) -> BoundExpressions {
        var bound = BoundExpressions()
        if keyCondition == nil, filter == nil, projection == nil { return bound }
        var binder = ExpressionBinder(attributes, cache: expressions)
        try binder.checkAttributes()
        if let keyCondition { bound.keyCondition = try binder.keyCondition(keyCondition) }
        if let filter { bound.filter = try binder.condition(filter, in: .filter) }
        if let projection { bound.projection = try binder.projection(projection) }
        try binder.finish()
        bound.nestedPaths = binder.nestedPaths
        return bound
    }
}

extension ResolvedKeyCondition {
    /// Whether it gives every key attribute of a table by equality.
    fileprivate func fixes(_ key: KeySchema) -> Bool {
        if key.sortKey == nil { return true }
        if case .equal? = rangeCondition { return true }
        return false
    }
}
