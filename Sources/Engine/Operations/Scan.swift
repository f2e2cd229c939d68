import Expressions
import Model

extension Region {
    func scan(_ request: ScanRequest, _ journey: inout Journey) throws(ServiceError) -> PageResponse {
        let router = arrive(&journey)
        let plan = try planScan(request)
        var page = startPage(plan, limit: plan.limit)
        try runScan(plan, into: &page, router: router, &journey)
        return response(page, of: plan, request.returnConsumedCapacity, journey)
    }

    func planScan(_ request: ScanRequest) throws(ServiceError) -> ReadPlan {
        let reference = try metadata.reference(to: request.tableName)
        try ReadRules.check(request)
        let legacy = try legacyExpressions(of: request)
        try ReadRules.checkSelection(request)
        let bound = try bindRead(
            of: reference,
            index: request.indexName,
            filter: request.filterExpression,
            projection: request.projectionExpression,
            request.expressionAttributes,
            legacy: legacy,
            isConsistent: request.consistentRead,
            select: request.select,
            after: request.exclusiveStartKey
        )
        let target = bound.target
        var range = Region.segmentRange(request.segment, of: request.totalSegments)
        if let start = request.exclusiveStartKey {
            try checkStartKey(start, for: target)
            let place = target.storageKey(of: start)
            guard let segment = range, segment.contains(place) else {
                throw .validationException(
                    "The provided starting key is invalid: Invalid ExclusiveStartKey. Please use ExclusiveStartKey "
                        + "with correct Segment. TotalSegments: \(request.totalSegments ?? 1) "
                        + "Segment: \(request.segment ?? 0)"
                )
            }
            range = KeyRange(lower: KeyRange.successor(of: place), upper: segment.upper)
            if constants.sabotage == .repeatsPageAfterSplit {
                range = target.repeated(range!, of: segment, after: start)
            }
        }
        return ReadPlan(
            target: target,
            range: range ?? KeyRange(lower: [], upper: []),
            isConsistent: request.consistentRead,
            filter: bound.filter,
            projection: bound.projection,
            limit: request.limit,
            countsOnly: request.select == .count,
            fetchesItems: target.fetchesItems(
                select: request.select,
                projection: bound.projection,
                filter: bound.filter
            )
        )
    }

    func legacyExpressions(of request: ScanRequest) throws(ServiceError) -> BoundExpressions {
        BoundExpressions(
            filter: try ConditionExpression(filter: request.scanFilter, joinedBy: request.conditionalOperator),
            projection: try ProjectionExpression(attributesToGet: request.attributesToGet)
        )
    }

    /// Reads partition by partition, in hash order. Each partition that is visited is charged by itself.
    func runScan(_ plan: ReadPlan, into page: inout PageWalk, router: Int, _ journey: inout Journey)
        throws(ServiceError)
    {
        let target = plan.target
        let consistency = plan.consistency
        journey.report.kind = .read
        journey.report.consistency = consistency
        propagate(to: target, journey.now)
        var units = 0.0
        var range: KeyRange? = plan.range.isEmpty ? nil : plan.range
        while let part = range, !page.isFull {
            let (partition, rest) = PartitionMap.firstStep(of: part, descending: false, in: target.partitions)
            guard let replica = try readStep(part, of: partition, plan, into: &page, router: router, &journey)
            else { continue }
            let cost = consistency.readFactor * Capacity.readUnits(page.takeEvaluatedBytes())
            admission.admitRead(units: cost, from: partition, replica: replica, at: journey.now)
            units += cost
            range = rest
        }
        journey.report.add(
            target.consumedCapacity(units, fetchUnits: consistency.readFactor * page.takeFetchedUnits())
        )
    }

    /// The hashes of one segment of a parallel scan: those whose top 12 bits lie in
    /// ceil(4096·s/n) … ceil(4096·(s+1)/n) − 1. Nil when that is none.
    static func segmentRange(_ segment: Int?, of total: Int?) -> KeyRange? {
        guard let segment, let total else { return .everything }
        let first = (4_096 * segment + total - 1) / total
        let end = (4_096 * (segment + 1) + total - 1) / total
        if first >= end { return nil }
        let shift = 116
        return KeyRange(
            hashes: UInt128(first) << shift,
            through: end == 4_096 ? .max : UInt128(end) << shift - 1
        )
    }
}
