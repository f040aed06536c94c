using System.Text.Json;

namespace SkillBadges.Core.Ledger;

/// <summary>Keeps words that stand in thousands of sheets, skills and levels among them, as one text each instead of thousands.</summary>
internal sealed class RecurringWords
{
    private const int Places = 1024;
    private const int MaxLength = 64;

    [ThreadStatic]
    private static RecurringWords? ofThisThread;

    private readonly string?[] known = new string?[Places];

    /// <summary>What is kept is bounded, and a thread uses its own.</summary>
    public static RecurringWords OfThisThread => ofThisThread ??= new();

    /// <param name="reader">At a text.</param>
    public string Of(in Utf8JsonReader reader)
    {
        if (reader.HasValueSequence || reader.ValueIsEscaped || reader.ValueSpan.Length > MaxLength)
        {
            return reader.GetString()!;
        }

        var hash = new HashCode();
        hash.AddBytes(reader.ValueSpan);
        ref var place = ref known[(uint)hash.ToHashCode() % Places];
        return place is not null && reader.ValueTextEquals(place) ? place : place = reader.GetString()!;
    }
}
