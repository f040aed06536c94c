using System.Buffers.Text;
using System.Globalization;
using System.Numerics;

namespace SkillBadges.Credentials.Rdf;

/// <summary>How a JSON number is written as an RDF literal (JSON-LD 1.1 API 8.2.2, REC 2020-07-16).</summary>
internal static class CanonicalNumber
{
    /// <summary>Reads a JSON number; false when it is beyond the range of a double.</summary>
    public static bool TryRead(ReadOnlySpan<byte> json, out double value) =>
        Utf8Parser.TryParse(json, out value, out var read) && read == json.Length && double.IsFinite(value);

    /// <summary>Whether JSON-LD takes the number for an xsd:integer when no datatype is given.</summary>
    public static bool IsInteger(double value) => Math.Abs(value) < 1e21 && Math.Floor(value) == value;

    /// <summary>The canonical form of an xsd:integer.</summary>
    public static string Integer(double value) => Math.Abs(value) < 1e15
        ? ((long)value).ToString(CultureInfo.InvariantCulture)
        : new BigInteger(value).ToString(CultureInfo.InvariantCulture);

    /// <summary>The canonical form of an xsd:double: at most 16 significant digits, as in <c>5.3E0</c>.</summary>
    public static string Double(double value)
    {
        var text = value.ToString("E15", CultureInfo.InvariantCulture);
        var split = text.IndexOf('E', StringComparison.Ordinal);
        var mantissa = text[..split].TrimEnd('0');
        var exponent = int.Parse(text.AsSpan(split + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        return $"{mantissa}{(mantissa.EndsWith('.') ? "0" : "")}E{exponent.ToString(CultureInfo.InvariantCulture)}";
    }
}
