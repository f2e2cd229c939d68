import Model

/// Sizes in bytes to capacity units. Source: reference B4.
enum Capacity {
    static func writeUnits(_ size: Int) -> Double {
        Double(max(1, (size + Limits.writeUnitSize - 1) / Limits.writeUnitSize))
    }

    /// Units of a strongly consistent read; multiply with the consistency's factor.
    static func readUnits(_ size: Int) -> Double {
        Double(max(1, (size + Limits.readUnitSize - 1) / Limits.readUnitSize))
    }
}

extension RequestReport.Consistency {
    var readFactor: Double {
        switch self {
        case .eventual: 0.5
        case .strong: 1
        case .transactional: 2
        }
    }
}
