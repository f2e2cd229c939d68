import Engine
import Language
import Model

/// `CreateUser`, `UpdateUser`, `DropUser`.
extension Session {
    func run(_ command: UserCommand) throws(StatementFailure) -> Reply {
        switch command {
        case .create(let name, let policies, let accessKey, let tolerates):
            if tolerates, try isUser(name) { return sentence("user \(name) exists already") }
            let key = try manage { laboratory throws(ServiceError) in
                try laboratory.createUser(name, policies: policies, accessKey: accessKey)
            }
            return accessKey == nil ? reply(made: key, for: name) : sentence("created user \(name)")
        case .update(let name, let policies, let accessKey):
            try manage { laboratory throws(ServiceError) in
                try laboratory.updateUser(name, policies: policies, accessKey: accessKey)
            }
            return sentence("updated user \(name)")
        case .drop(let name, let tolerates):
            if tolerates, try !isUser(name) { return sentence("there is no user \(name)") }
            try manage { laboratory throws(ServiceError) in try laboratory.deleteUser(name) }
            return sentence("deleted user \(name)")
        }
    }

    /// The engine's refusals are its own words here, no answers of the service.
    private func manage<R>(_ body: (any Laboratory) throws(ServiceError) -> R) throws(StatementFailure) -> R {
        let laboratory = try requireLaboratory()
        do throws(ServiceError) {
            return try body(laboratory)
        } catch {
            throw .message(error.message, details: [])
        }
    }

    private func isUser(_ name: String) throws(StatementFailure) -> Bool {
        try requireLaboratory().users().contains { $0.name == name }
    }

    private func sentence(_ text: String) -> Reply {
        Reply(cost: CostLine(subject: .sentence(text), report: RequestReport()))
    }

    /// The key that the region made. It is shown here only.
    private func reply(made key: AccessKey, for name: String) -> Reply {
        let report = Report(
            columns: ["user", "access key", "secret"],
            rows: [[.text(name), .text(key.id), .text(key.secret)]],
            isSingle: true
        )
        var reply = sentence("created user \(name); the secret is not shown again")
        reply.result = .report(report)
        return reply
    }
}

extension Report {
    init(users: [UserReport]) {
        columns = ["user", "arn", "access key", "policies"]
        rows = users.map { user in
            let policies = user.policies.map { CanonicalPrinter.print($0) }
            return [
                .text(user.name), .text(user.arn), .text(user.accessKeyID),
                policies.isEmpty ? .missing : .text(policies.joined(separator: " ")),
            ]
        }
        remarks = ["root is the account itself: it may do everything; .as sends statements as another"]
    }
}
