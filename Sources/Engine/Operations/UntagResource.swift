import Model

extension Region {
    /// Keys that the table does not have are no error.
    func untagResource(_ request: UntagResourceRequest, _ journey: inout Journey) throws(ServiceError) {
        let router = arrive(&journey)
        try ConstraintViolations.check { $0.check(request) }
        let table = try taggedTable(request.resourceArn)
        table.tags.removeAll { tag in request.tagKeys.contains { $0.hasSameBytes(as: tag.key) } }
        finish(router, &journey)
    }
}
