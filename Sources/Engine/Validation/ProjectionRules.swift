import Model

/// What an index may project. Source: reference A4, C5 "CreateTable indexes".
enum ProjectionRules {
    static func check(_ projection: Projection) throws(ServiceError) {
        switch projection.projectionType {
        case nil: throw .invalid("Unknown ProjectionType: null")
        case .all, .keysOnly:
            guard let type = projection.projectionType, projection.nonKeyAttributes != nil else { return }
            throw .invalid("ProjectionType is \(type.rawValue), but NonKeyAttributes is specified")
        case .include:
            if projection.nonKeyAttributes == nil {
                throw .invalid("ProjectionType is INCLUDE, but NonKeyAttributes is not specified")
            }
        }
    }

    /// The lists of all indexes of a table together; a name in two of them counts twice.
    static func checkTotal(_ projections: [Projection]) throws(ServiceError) {
        let count = projections.reduce(0) { $0 + ($1.nonKeyAttributes?.count ?? 0) }
        if count > Limits.projectedAttributes {
            throw .invalid(
                "Number of NonKeyAttributes over all indexes exceeds the per-table limit of "
                    + "\(Limits.projectedAttributes)"
            )
        }
    }
}
