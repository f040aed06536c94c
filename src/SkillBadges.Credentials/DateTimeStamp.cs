using System.Buffers;
using System.Globalization;

namespace SkillBadges.Credentials;

/// <summary>
/// The instants of credentials: XML Schema 1.1 <c>dateTimeStamp</c>, which is a date and time of day with a time zone that may not
/// be left out (VC Data Model 2.0, REC 2025-05-15, 4.9). Leap seconds and 24:00 are refused.
/// </summary>
public static class DateTimeStamp
{
    private const int LongestText = 64;

    /// <summary>Reads a stamp; digits beyond 100 ns are dropped.</summary>
    public static bool TryParse(string? text, out DateTimeOffset instant)
    {
        Span<byte> ascii = stackalloc byte[LongestText];
        if (text is not null && text.Length <= LongestText && System.Text.Ascii.FromUtf16(text, ascii, out var length) == OperationStatus.Done)
        {
            return TryParse(ascii[..length], out instant);
        }

        instant = default;
        return false;
    }

    /// <inheritdoc cref="TryParse(string?, out DateTimeOffset)"/>
    public static bool TryParse(ReadOnlySpan<byte> text, out DateTimeOffset instant)
    {
        instant = default;
        if (text.Length is < 20 or > LongestText || text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':' || text[16] != ':'
            || !TryReadDigits(text[..4], out var year) || !TryReadDigits(text[5..7], out var month) || !TryReadDigits(text[8..10], out var day)
            || !TryReadDigits(text[11..13], out var hour) || !TryReadDigits(text[14..16], out var minute) || !TryReadDigits(text[17..19], out var second)
            || !TryReadFraction(text[19..], out var fraction, out var zone) || !TryReadZone(zone, out var offset)
            || year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 59)
        {
            return false;
        }

        var local = new DateTime(year, month, day, hour, minute, second).Ticks + fraction;
        var utc = local - offset.Ticks;
        if (utc < DateTime.MinValue.Ticks || utc > DateTime.MaxValue.Ticks)
        {
            return false;
        }

        instant = new DateTimeOffset(local, offset);
        return true;
    }

    /// <summary>Writes UTC with seconds, or with as many fraction digits as are needed.</summary>
    public static string Format(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    private static bool TryReadDigits(ReadOnlySpan<byte> digits, out int number)
    {
        number = 0;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiDigit((char)digit))
            {
                return false;
            }

            number = (number * 10) + (digit - '0');
        }

        return true;
    }

    /// <summary>A point and digits, or neither, before the zone.</summary>
    private static bool TryReadFraction(ReadOnlySpan<byte> text, out int ticks, out ReadOnlySpan<byte> zone)
    {
        const int Places = 7;
        ticks = 0;
        zone = text;
        if (text[0] != '.')
        {
            return true;
        }

        var end = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9', from: 1);
        if (end < 2)
        {
            return false;
        }

        for (var place = 1; place <= Places; place++)
        {
            ticks = (ticks * 10) + (place < end ? text[place] - '0' : 0);
        }

        zone = text[end..];
        return true;
    }

    private static bool TryReadZone(ReadOnlySpan<byte> zone, out TimeSpan offset)
    {
        offset = default;
        if (zone.SequenceEqual("Z"u8))
        {
            return true;
        }

        if (zone.Length != 6 || zone[0] is not ((byte)'+' or (byte)'-') || zone[3] != ':'
            || !TryReadDigits(zone[1..3], out var hours) || !TryReadDigits(zone[4..], out var minutes) || minutes > 59 || (hours * 60) + minutes > 14 * 60)
        {
            return false;
        }

        offset = TimeSpan.FromMinutes((zone[0] == '-' ? -1 : 1) * ((hours * 60) + minutes));
        return true;
    }

    private static int IndexOfAnyExceptInRange(this ReadOnlySpan<byte> text, byte low, byte high, int from)
    {
        var found = text[from..].IndexOfAnyExceptInRange(low, high);
        return found < 0 ? -1 : from + found;
    }
}
