using System.Text;

namespace SkillBadges.Core.Storage;

/// <summary>What an index column holds.</summary>
public enum IndexType
{
    /// <summary>Text of at most 256 UTF-8 bytes, compared by code point.</summary>
    Text,

    /// <summary>A 64-bit integer; an instant is its microseconds since 1970, a day its day number.</summary>
    Number,
}

/// <summary>One value of an index; <see cref="IsAbsent"/> keeps the document out of that access path.</summary>
public readonly record struct IndexValue
{
    public const int MaxTextBytes = 256;

    internal IndexValue(string? text, long? number)
    {
        Text = text;
        Number = number;
    }

    public string? Text { get; }

    public long? Number { get; }

    public bool IsAbsent => Text is null && Number is null;

    /// <exception cref="RefusedException"><c>storage.text-too-long</c> or <c>storage.text-not-storable</c>.</exception>
    public static IndexValue Of(string? text)
    {
        if (text is null)
        {
            return default;
        }

        if (text.Length > MaxTextBytes || Encoding.UTF8.GetByteCount(text) > MaxTextBytes)
        {
            throw Refused.Invalid("storage.text-too-long", $"A value that is searched for may have at most {MaxTextBytes} bytes.");
        }

        return new(StorableText.Require(text), null);
    }

    public static IndexValue Of(long? number) => new(null, number);

    public static IndexValue Of(DateTimeOffset? instant) => new(null, instant?.ToMicroseconds());

    public static IndexValue Of(DateOnly? day) => new(null, day?.DayNumber);

    public static implicit operator IndexValue(string? text) => Of(text);

    public static implicit operator IndexValue(long number) => Of(number);

    public static implicit operator IndexValue(DateTimeOffset instant) => Of(instant);

    public static implicit operator IndexValue(DateOnly day) => Of(day);
}
