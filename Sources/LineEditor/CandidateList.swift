/// Candidates as rows below the line: with their kinds, one a row, if that fits; else in columns, read downwards.
struct CandidateList {
    private static let gap = 2

    private let candidates: [Completion.Candidate]
    private let columnWidth: Int

    init(_ candidates: [Completion.Candidate]) {
        self.candidates = candidates
        columnWidth = (candidates.map { Terminal.displayWidth(of: $0.display) }.max() ?? 0) + Self.gap
    }

    func rows(screenWidth: Int, heightMax: Int) -> [[EditorView.Span]] {
        let hasKinds = candidates.contains { $0.kind != nil }
        return hasKinds && candidates.count <= heightMax ? describedRows() : columns(screenWidth: screenWidth)
    }

    private func describedRows() -> [[EditorView.Span]] {
        candidates.map { candidate in
            [
                EditorView.Span(text: padded(candidate.display)),
                EditorView.Span(text: candidate.kind ?? "", style: .dim),
            ]
        }
    }

    private func columns(screenWidth: Int) -> [[EditorView.Span]] {
        let columnCount = max(1, (screenWidth - 1 + Self.gap) / columnWidth)
        let rowCount = (candidates.count + columnCount - 1) / columnCount
        return (0..<rowCount).map { row in
            stride(from: row, to: candidates.count, by: rowCount).map {
                EditorView.Span(text: padded(candidates[$0].display))
            }
        }
    }

    private func padded(_ display: String) -> String {
        display + String(repeating: " ", count: max(0, columnWidth - Terminal.displayWidth(of: display)))
    }
}
