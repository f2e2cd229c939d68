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

    /// The table's name out of `arn:aws:dynamodb:region:account:table/name`; a bare name is only checked.
    static func tableName(fromNameOrArn text: String) throws(ServiceError) -> String {
        guard text.utf8.starts(with: "arn:".utf8) else {
            try check(text, minimum: dataCallMinimum)
            return text
        }
        try ConstraintViolations.ofTableName(text, minimum: dataCallMinimum, acceptsArn: true).check()
        let parts = text.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        guard parts.count == 6, parts[2] == "dynamodb", parts[5].utf8.starts(with: "table/".utf8) else {
            throw .validationException("Invalid table ARN: \(text)")
        }
        let name = String(parts[5].dropFirst("table/".utf8.count))
        guard isWellFormed(name, minimum: dataCallMinimum) else {
            throw .validationException("Invalid table ARN: \(text)")
        }
        return name
    }

    private static func isWellFormed(_ name: String, minimum: Int) -> Bool {
        let length = name.utf8.count
        return length >= minimum && length <= Limits.tableNameLength.upperBound
            && name.utf8.allSatisfy(ConstraintViolations.isNameByte)
    }
}
