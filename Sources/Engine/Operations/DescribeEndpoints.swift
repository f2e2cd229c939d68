import Model

extension Region {
    func describeEndpoints(_ journey: inout Journey) throws(ServiceError) -> [ServiceEndpoint] {
        let router = arrive(&journey)
        finish(router, &journey)
        return [ServiceEndpoint(address: "dynamodb.\(name).amazonaws.com", cachePeriodInMinutes: 1_440)]
    }
}
