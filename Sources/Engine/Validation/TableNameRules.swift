import Model

/// Names of tables, and the ARNs that data calls accept in their place. Source: reference A4, C5 "table name".
enum TableNameRules {
    static let dataCallMinimum = 1
    static let createMinimum = 3

    /// `minimum` is 3 for CreateTable and 1 elsewhere.
    static func check(_ name: String, minimum: Int, at path: String = "tableName") throws(ServiceError) {
        if isWellFormed(name, minimum: minimum) { return }
        try ConstraintViolations.ofTableName(name, minimum: minimum, acceptsArn: false, at: path).check()
    }

    /// The table's ARN, or nil for a bare name, which is only checked.
    static func check(nameOrArn text: String) throws(ServiceError) -> ResourceArn? {
        guard text.utf8.starts(with: "arn:".utf8) else {
            try check(text, minimum: dataCallMinimum)
            return nil
        }
        try ConstraintViolations.ofTableName(text, minimum: dataCallMinimum, acceptsArn: true).check()
        guard let arn = ResourceArn(text), arn.part == nil, isWellFormed(arn.tableName, minimum: dataCallMinimum) else {
            throw .validationException("Invalid table ARN: \(text)")
        }
        return arn
    }

    private static func isWellFormed(_ name: String, minimum: Int) -> Bool {
        let length = name.utf8.count
        return length >= minimum && length <= Limits.tableNameLength.upperBound
            && name.utf8.allSatisfy(ConstraintViolations.isNameByte)
    }
}
