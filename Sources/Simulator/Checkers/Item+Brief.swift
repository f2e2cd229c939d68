import Model

extension Item {
    /// As violations name it: short values whole, of others their size.
    var brief: String {
        let parts = attributes.entries.map { entry in
            switch entry.value {
            case .string(let text) where text.utf8.count < 20: "\(entry.name) \(text)"
            case .number(let number): "\(entry.name) \(number)"
            default: "\(entry.name) of \(entry.value.size) B"
            }
        }
        return "{" + parts.joined(separator: ", ") + "}"
    }
}
