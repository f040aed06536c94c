using System.Globalization;
using System.Text;

namespace SkillBadges.App.Pdf.Writing;

/// <summary>
/// How values are spelled (ISO 32000-1:2008, 7.3). Every text is written in hexadecimal, so nothing that people typed can end a string or begin an operator.
/// </summary>
internal static class PdfSyntax
{
    /// <summary>A text string: UTF-16BE behind its byte order mark.</summary>
    public static string Text(string text) => $"<FEFF{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(text))}>";

    /// <summary>A string of ASCII such as an address; other characters are percent-encoded.</summary>
    public static string Address(Uri uri) => $"<{Convert.ToHexString(Encoding.ASCII.GetBytes(uri.AbsoluteUri))}>";

    /// <summary>At most three places behind the point, none of them a zero at the end.</summary>
    public static string Number(double value)
    {
        var rounded = Math.Round(value, 3, MidpointRounding.AwayFromZero);
        return rounded == 0 ? "0" : rounded.ToString("0.###", CultureInfo.InvariantCulture);
    }

    public static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    public static string Reference(int id) => $"{Number(id)} 0 R";

    public static string Date(DateTimeOffset instant) => $"<{Convert.ToHexString(Encoding.ASCII.GetBytes(instant.UtcDateTime.ToString("'D:'yyyyMMddHHmmss'Z'", CultureInfo.InvariantCulture)))}>";
}
