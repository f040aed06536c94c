using System.Globalization;

namespace SkillBadges.Credentials;

/// <summary>
/// The instants of credentials: XML Schema 1.1 <c>dateTimeStamp</c>, which is a date and time of day with a time zone that may not
/// be left out (VC Data Model 2.0, REC 2025-05-15, 4.9). Leap seconds and 24:00 are refused.
/// </summary>
public static class DateTimeStamp
{
    /// <summary>Reads a stamp; digits beyond 100 ns are dropped.</summary>
    public static bool TryParse(string? text, out DateTimeOffset instant)
    {
        instant = default;
        if (text is null || text.Length is < 20 or > 64 || !HasShape(text, out var fractionEnd))
        {
            return false;
        }

        var fraction = fractionEnd > 19 ? text[19..Math.Min(fractionEnd, 27)] : "";
        var zone = text[fractionEnd..];
        var zoneFormat = zone == "Z" ? "'Z'" : "zzz";
        var fractionFormat = fraction.Length == 0 ? "" : "." + new string('f', fraction.Length - 1);
        return DateTimeOffset.TryParseExact(
            text[..19] + fraction + zone,
            $"yyyy-MM-dd'T'HH:mm:ss{fractionFormat}{zoneFormat}",
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out instant);
    }

    /// <summary>Writes UTC with seconds, or with as many fraction digits as are needed.</summary>
    public static string Format(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    private static bool HasShape(string text, out int fractionEnd)
    {
        fractionEnd = 19;
        if (text[19] == '.')
        {
            fractionEnd = 20;
            while (fractionEnd < text.Length && char.IsAsciiDigit(text[fractionEnd]))
            {
                fractionEnd++;
            }

            if (fractionEnd == 20)
            {
                return false;
            }
        }

        var zone = text.AsSpan(fractionEnd);
        return zone is "Z"
            || (zone.Length == 6 && zone[0] is '+' or '-' && char.IsAsciiDigit(zone[1]) && char.IsAsciiDigit(zone[2])
                && zone[3] == ':' && char.IsAsciiDigit(zone[4]) && char.IsAsciiDigit(zone[5]));
    }
}
