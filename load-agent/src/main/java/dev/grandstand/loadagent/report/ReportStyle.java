package dev.grandstand.loadagent.report;

/** How reports look; they are pages that can be mailed, so it stands in each of them. */
public final class ReportStyle {

    /** For a {@code style} element. */
    public static final String CSS = """
            :root { color-scheme: light dark; --ink: #1c2230; --mute: #667; --card: #fff; --page: #f3f4f8; --line: #e2e4ec }
            @media (prefers-color-scheme: dark) {
              :root { --ink: #e8eaf2; --mute: #99a; --card: #1b1f2a; --page: #12151d; --line: #2c3140 }
            }
            body { margin: 0; padding: 24px; font: 15px/1.45 system-ui, sans-serif; color: var(--ink); background: var(--page) }
            main { max-width: 1160px; margin: 0 auto }
            h1 { font-size: 22px; margin: 0 } p { color: var(--mute); margin: 4px 0 20px }
            .tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: 12px }
            .tiles div, figure, details { background: var(--card); border-radius: 12px; padding: 14px 16px; margin: 0 }
            .tiles b { display: block; font-size: 22px } .tiles span { color: var(--mute); font-size: 13px }
            .charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(460px, 100%), 1fr)); gap: 12px; margin: 12px 0 }
            figcaption { color: var(--mute); font-size: 13px; margin-bottom: 8px } figcaption b { color: var(--ink) }
            figcaption span { margin-left: 12px; white-space: nowrap }
            svg { width: 100%; display: block } svg text { font-size: 11px; fill: var(--mute) }
            .grid { stroke: var(--line) } polyline { stroke-width: 1.8; stroke-linejoin: round }
            .scroll { overflow-x: auto } table { border-collapse: collapse; font-size: 13px; width: 100% }
            th, td { text-align: right; padding: 4px 8px; border-bottom: 1px solid var(--line); white-space: nowrap }
            summary { cursor: pointer } .bad { color: #d5423b }
            """;

    private ReportStyle() {}
}
