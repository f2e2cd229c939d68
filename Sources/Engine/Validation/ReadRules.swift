import Model

/// Parameters of Query and Scan that need no expression to be judged. Source: reference B2, C5.
enum ReadRules {
    /// Before any table is looked up.
    static func check(_ request: QueryRequest) throws(ServiceError) {
        try ConstraintViolations.check { $0.check(request) }
        try request.checkParameters()
    }

    /// Before any table is looked up, and after the older parameters.
    static func checkSelection(_ request: QueryRequest) throws(ServiceError) {
        try checkSelect(
            request.select,
            projection: projectionParameter(request.projectionExpression, request.attributesToGet),
            hasIndex: request.indexName != nil
        )
        if request.keyConditionExpression == nil, request.keyConditions == nil {
            throw .validationException(
                "Either the KeyConditions or KeyConditionExpression parameter must be specified in the request."
            )
        }
    }

    /// Before any table is looked up.
    static func check(_ request: ScanRequest) throws(ServiceError) {
        try ConstraintViolations.check { $0.check(request) }
        try request.checkParameters()
    }

    /// Before any table is looked up, and after the older parameters.
    static func checkSelection(_ request: ScanRequest) throws(ServiceError) {
        try checkSelect(
            request.select,
            projection: projectionParameter(request.projectionExpression, request.attributesToGet),
            hasIndex: request.indexName != nil
        )
        try checkSegments(request)
    }

    /// What a global index cannot do, once it is known.
    static func checkGlobalIndexRead(
        indexName: String,
        projection: ProjectionType,
        consistentRead: Bool,
        select: Select?
    ) throws(ServiceError) {
        if consistentRead {
            throw .validationException("Consistent reads are not supported on global secondary indexes")
        }
        if select == .allAttributes, projection != .all {
            throw .invalid(
                "Select type ALL_ATTRIBUTES is not supported for global secondary index \(indexName) because its "
                    + "projection type is not ALL"
            )
        }
    }

    static func unknownIndex(_ name: String) -> ServiceError {
        .validationException("The table does not have the specified index: \(name)")
    }

    static func backfillingIndex(_ name: String) -> ServiceError {
        .validationException("Cannot read from backfilling global secondary index: \(name)")
    }

    private static func projectionParameter(_ projection: String?, _ attributesToGet: [String]?) -> String? {
        if projection != nil { return "ProjectionExpression" }
        return attributesToGet == nil ? nil : "AttributesToGet"
    }

    /// `projection` names the parameter that gives one.
    private static func checkSelect(_ select: Select?, projection: String?, hasIndex: Bool) throws(ServiceError) {
        guard let select else { return }
        if let projection, select != .specificAttributes {
            throw .validationException("Cannot specify the \(projection) when choosing to get \(select.rawValue)")
        }
        if projection == nil, select == .specificAttributes {
            throw .validationException(
                "Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES"
            )
        }
        if !hasIndex, select == .allProjectedAttributes {
            throw .validationException(
                "ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName"
            )
        }
    }

    private static func checkSegments(_ request: ScanRequest) throws(ServiceError) {
        switch (request.segment, request.totalSegments) {
        case (nil, nil): return
        case (_?, nil):
            throw .validationException(
                "The TotalSegments parameter is required but was not present in the request when Segment parameter "
                    + "is present"
            )
        case (nil, _?):
            throw .validationException(
                "The Segment parameter is required but was not present in the request when parameter TotalSegments "
                    + "is present"
            )
        case (let segment?, let total?) where segment >= total:
            throw .validationException(
                "The Segment parameter is zero-based and must be less than parameter TotalSegments: "
                    + "Segment: \(segment) is not less than TotalSegments: \(total)"
            )
        case (_?, _?): return
        }
    }
}
