import Model

extension Region {
    /// A tag whose key the table has gets the new value.
    func tagResource(_ request: TagResourceRequest, _ journey: inout Journey) throws(ServiceError) {
        let router = arrive(&journey)
        try ConstraintViolations.check { $0.check(request) }
        let table = try taggedTable(request.resourceArn)
        try TagRules.check(request.tags)
        var tags = table.tags
        for tag in request.tags {
            if let known = tags.firstIndex(where: { $0.key.hasSameBytes(as: tag.key) }) {
                tags[known] = tag
            } else {
                tags.append(tag)
            }
        }
        try TagRules.checkCount(tags)
        table.tags = tags
        finish(router, &journey)
    }

    /// Tags are for tables. Which state a table is in does not matter, unless it comes or goes.
    func taggedTable(_ arn: String) throws(ServiceError) -> Table {
        let table = try resource(at: arn, mayBeStream: false).table
        try checkIsThere(table)
        return table
    }
}
