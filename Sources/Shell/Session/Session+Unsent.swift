import Language
import Model
import Wire

/// `\api`: the request itself, as API JSON and as a line of the AWS CLI. Nothing is sent.
extension Session {
    func unsent(_ call: Call) -> Reply {
        var text = ""
        for request in requests(of: call) {
            text += "\(request.operation.rawValue) \(requestJSON(request))\n"
            text += awsLine(request) + "\n"
        }
        let cost = CostLine(subject: .sentence("not sent"), report: RequestReport())
        return Reply(result: .text(text), cost: cost)
    }

    private func requests(of call: Call) -> [Request] {
        var requests = [completed(call.request)]
        if let specification = call.timeToLive, let table = call.request.target?.table {
            let update = UpdateTimeToLiveRequest(tableName: table, specification: specification)
            requests.append(completed(.updateTimeToLive(update)))
        }
        return requests
    }

    private func requestJSON(_ request: Request) -> String {
        var bytes: [UInt8] = []
        JSONWriter.appendPretty(RequestEncoder.encode(request), to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    private func awsLine(_ request: Request) -> String {
        RequestEncoder.awsCommandLine(request)
    }
}
