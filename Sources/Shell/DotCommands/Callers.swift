import Engine
import Language
import LineEditor
import Model

/// Who sends the statements that follow.
extension DotCommand {
    static var callers: [DotCommand] { [asUser] }

    private static let asUser = DotCommand(
        "as",
        "[root|user] ['secret']",
        "send statements as this user; another secret than the user's makes a wrong signature"
    ) { session, arguments throws(StatementFailure) in
        let laboratory = try session.requireLaboratory()
        guard let name = arguments.first else {
            session.tell("statements are sent as \(session.callerName ?? "root")")
            return .nothing
        }
        if arguments.words.count > 2 { throw arguments.refuse("a user has one secret") }
        let secret = arguments.words.dropFirst().first
        if name == "root" {
            if secret != nil { throw arguments.refuse("root signs nothing here") }
            laboratory.caller = nil
        } else {
            laboratory.caller = try session.caller(name, secret: secret)
        }
        return .nothing
    }
}

extension Session {
    /// By name or access key. With a secret also an access key that nobody has: the service will say so.
    fileprivate func caller(_ name: String, secret: String?) throws(StatementFailure) -> Caller {
        let laboratory = try requireLaboratory()
        let users = laboratory.users()
        if let user = users.first(where: { $0.name == name }) ?? users.first(where: { $0.accessKeyID == name }) {
            let own = laboratory.secretAccessKey(of: user.accessKeyID) ?? ""
            return Caller(accessKeyID: user.accessKeyID, signature: .secret(secret ?? own))
        }
        if let secret { return Caller(accessKeyID: name, signature: .secret(secret)) }
        let similar = Similarity.closest(to: name, among: users.map(\.name), limit: 3)
        throw .message(
            "there is no user \(Similarity.shown(name))",
            details: similar.isEmpty ? ["Show users lists them"] : ["did you mean \(similar.joined(separator: ", "))?"]
        )
    }

    /// The user's name, or the access key of nobody; nil for root.
    var callerName: String? {
        guard let laboratory, let caller = laboratory.caller else { return nil }
        return laboratory.users().first { $0.accessKeyID == caller.accessKeyID }?.name ?? caller.accessKeyID
    }

    /// `alice@`, and nothing for root.
    var callerPrefix: String { callerName.map { "\(Similarity.shown($0))@" } ?? "" }

    /// Names of users behind `.as`.
    func callerCompletion(of text: String, at offset: Int) -> Completion? {
        let typed = String(decoding: Array(text.utf8.prefix(offset)), as: UTF8.self)
        guard let laboratory, typed.hasPrefix(".as "), !typed.contains("\n") else { return nil }
        let begun = typed.dropFirst(".as ".count)
        guard !begun.contains(where: \.isWhitespace) else { return nil }
        let names = (laboratory.users().map(\.name) + ["root"]).filter { $0.hasPrefix(begun) }
        return Completion(
            candidates: names.map { Completion.Candidate($0, display: $0, kind: "user") },
            replacing: offset - begun.utf8.count..<offset
        )
    }
}
