/// All that decides how a result looks, apart from its mode.
struct RenderingStyle: Sendable {
    /// A screen is cut to its width, and equal columns are hoisted; a file gets everything.
    var isScreen = false
    /// Columns of the screen.
    var width = 80
    var hasColours = false
    /// No boxes, bars or heat maps: sentences and `name: value`.
    var isPlain = false
    var glyphs = BoxGlyphs.unicode
    var hasUnicode = true
    var nullText = "null"
    /// What the number of rows is named after on the screen.
    var palette = Palette.none

    /// A text of the shell's own, as this stream can show it.
    func spelled(_ text: String) -> String { hasUnicode ? text : ASCIISpelling.of(text) }
}
