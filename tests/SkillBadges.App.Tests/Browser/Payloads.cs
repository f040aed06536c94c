using System.Globalization;

namespace SkillBadges.App.Tests.Browser;

/// <summary>Five hundred texts that run a script where a page takes text for markup.</summary>
internal static class Payloads
{
    private static readonly string[] Shapes =
    [
        "<script>ran({0})</script>", "\"><img src=x onerror=ran({0})>", "'><svg onload=ran({0})>", "javascript:ran({0})", "<iframe srcdoc=\"<script>parent.ran({0})</script>\">",
        "<body onload=ran({0})>", "<a href=\"javascript:ran({0})\" autofocus onfocus=ran({0})>x</a>", "<details open ontoggle=ran({0})>", "<math><mtext></mtext><style><img src=x onerror=ran({0})></style>",
        "</title><script>ran({0})</script>", "</textarea><script>ran({0})</script>", "<style>@import'javascript:ran({0})'</style>", "<input autofocus onfocus=ran({0})>",
        "<object data=\"data:text/html,<script>parent.ran({0})</script>\">", "<!--><script>ran({0})</script>-->", "<noscript><p title=\"</noscript><img src=x onerror=ran({0})>\">",
        "&lt;script&gt;ran({0})&lt;/script&gt;", "<marquee onstart=ran({0})>", "<video><source onerror=ran({0})></video>", "<form action=\"javascript:ran({0})\"><button autofocus onfocus=ran({0})>",
        "<base href=\"//elsewhere.example/\"><i>ran({0})</i>", "<meta http-equiv=refresh content=\"0;url=javascript:ran({0})\">", "]]><script>ran({0})</script>", "<SCRIPT/x>ran({0})</SCRIPT>", "<img/src=x/onerror=ran({0})>",
    ];

    private static readonly string[] Ways =
        ["", "'", "\"", "-->", "</script>", "`", "</style>", "]]>", "\\\"", "<!--", "&#34;>", "%22>", "<p>", "<p title='", "＜", "<x ", "</x>", "/>", "<![CDATA[", "';"];

    public static IReadOnlyList<string> All { get; } =
        [.. from way in Ways from shape in Shapes select (way, shape) into one select one.way + one.shape.Replace("{0}", Array.IndexOf(Shapes, one.shape).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)];
}
