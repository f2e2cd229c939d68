extension DotCommand {
    static let prices = DotCommand(
        "prices",
        "[current|seed | read|write|read-hour|write-hour dollars]",
        "the price table that money is reckoned with"
    ) { session, arguments throws(StatementFailure) in
        guard let word = arguments.first else { return .reply(Reply(result: .report(session.priceReport()))) }
        if let book = PriceBook.all.first(where: { $0.name == word.lowercased() }) {
            session.settings.priceBook = book
            return .nothing
        }
        guard let price = PriceBook.editable[word.lowercased()], arguments.words.count == 2,
            let dollars = Double(arguments.words[1].filter { $0 != "$" }), dollars >= 0, dollars.isFinite
        else { throw arguments.refuse("there is no price \(arguments.text)") }
        session.settings.priceBook[keyPath: price] = dollars
        session.settings.priceBook.name = "own"
        return .nothing
    }
}

extension PriceBook {
    fileprivate static var editable: [String: WritableKeyPath<PriceBook, Double>] {
        [
            "read": \.readMillion, "write": \.writeMillion, "read-hour": \.readUnitHour,
            "write-hour": \.writeUnitHour,
        ]
    }
}

extension Session {
    fileprivate func priceReport() -> Report {
        var books = PriceBook.all
        if !books.contains(settings.priceBook) { books.append(settings.priceBook) }
        return Report(
            columns: ["book", "used", "million read", "million write", "RCU-hour", "WCU-hour"],
            rows: books.map { book in
                [
                    .text(book.name), .text(book == settings.priceBook ? "yes" : "no"), .price(book.readMillion),
                    .price(book.writeMillion), .price(book.readUnitHour), .price(book.writeUnitHour),
                ]
            },
            remarks: ["us-east-1, standard class; seed is the book of the articles, current holds since November 2024"]
        )
    }
}
