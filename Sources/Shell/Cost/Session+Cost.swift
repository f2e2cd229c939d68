import Model

/// `Show cost`: what the session used and what that would cost.
extension Session {
    func costReport() -> Report {
        let book = settings.priceBook
        var rows = ledger.entries.map { entry in
            row(entry.name, entry.readUnits, entry.writeUnits, isProvisioned: isProvisioned(entry.table), book)
        }
        if rows.count > 1 || rows.isEmpty {
            let billed = ledger.entries.filter { !isProvisioned($0.table) }
            let dollars = book.onDemand(
                readUnits: billed.reduce(0) { $0 + $1.readUnits },
                writeUnits: billed.reduce(0) { $0 + $1.writeUnits }
            )
            rows.append([.text("all"), .units(ledger.readUnits), .units(ledger.writeUnits), .money(dollars)])
        }
        let prices = "\(priceText(book.readMillion)) a million read, \(priceText(book.writeMillion)) a million write"
        var remarks = [
            "\(grouped(ledger.requestCount)) requests; prices \(book.name): \(prices) request units (.prices)"
        ]
        remarks += provisionedRemarks(book)
        return Report(columns: ["table", "RCU", "WCU", "on demand"], rows: rows, remarks: remarks)
    }

    private func row(
        _ name: String,
        _ readUnits: Double,
        _ writeUnits: Double,
        isProvisioned: Bool,
        _ book: PriceBook
    ) -> [Report.Cell] {
        let dollars = book.onDemand(readUnits: readUnits, writeUnits: writeUnits)
        return [
            .text(name), .units(readUnits), .units(writeUnits),
            isProvisioned ? .text("provisioned") : .money(dollars),
        ]
    }

    private func isProvisioned(_ table: String) -> Bool {
        catalog.describe(table)?.billingMode == .provisioned
    }

    /// Provisioned capacity is paid by the hour, used or not.
    private func provisionedRemarks(_ book: PriceBook) -> [String] {
        guard let now = laboratory?.now else { return [] }
        return catalog.tableNames.compactMap { catalog.describe($0) }.filter { $0.billingMode == .provisioned }.map {
            let throughputs = [$0.provisionedThroughput] + $0.globalSecondaryIndexes.map(\.provisionedThroughput)
            let read = throughputs.reduce(0) { $0 + $1.readCapacityUnits }
            let write = throughputs.reduce(0) { $0 + $1.writeCapacityUnits }
            let seconds = max(0, now.epochSeconds - $0.creationDateTime)
            let soFar = book.provisioned(readUnits: read, writeUnits: write, hours: seconds / 3_600)
            let month = book.provisioned(readUnits: read, writeUnits: write, hours: PriceBook.hoursPerMonth)
            let age = durationText(microseconds: Int64(seconds * 1_000_000))
            return "\($0.tableName): \(grouped(read)) RCU \(grouped(write)) WCU provisioned, used or not: "
                + "\(money(soFar)) in \(age), \(money(month)) a month"
        }
    }
}
