import Model

extension Region {
    /// Page by page, in the order in which the tags were given.
    func listTagsOfResource(
        _ request: ListTagsOfResourceRequest,
        _ journey: inout Journey
    ) throws(ServiceError) -> ListTagsOfResourceResponse {
        let router = arrive(&journey)
        try ConstraintViolations.check { $0.check(request) }
        let tags = try resource(at: request.resourceArn, mayBeStream: false).table.tags
        var start = 0
        if let token = request.nextToken {
            // The token is the last key of the page before.
            guard let last = tags.firstIndex(where: { TagRules.token(of: $0) == token }) else {
                throw .validationException("Invalid NextToken")
            }
            start = last + 1
        }
        finish(router, &journey)
        let page = Array(tags[start...].prefix(Limits.tagsPerPage))
        let isLast = start + page.count == tags.count
        return ListTagsOfResourceResponse(tags: page, nextToken: isLast ? nil : page.last.map(TagRules.token))
    }
}
