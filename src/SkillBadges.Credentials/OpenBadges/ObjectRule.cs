using SkillBadges.Credentials.Json;
using SkillBadges.Credentials.Rdf;

namespace SkillBadges.Credentials.OpenBadges;

/// <summary>One class of a published model.</summary>
internal sealed class ObjectRule(string name, MemberRule[] members, bool closed = false)
{
    private readonly NameTable names = new([.. members.Select(member => member.Name)]);

    public string Name { get; } = name;

    public MemberRule[] Members { get; } = members;

    /// <summary>A bit for each member that may not be left out, by its place.</summary>
    public ulong Required { get; } = members.Index().Aggregate(0UL, (bits, member) => member.Item.Required ? bits | (1UL << member.Index) : bits);

    /// <summary>No members but these.</summary>
    public bool Closed { get; } = closed;

    /// <summary>Contexts that have to come first; a pattern stands for the versions of one context.</summary>
    public IReadOnlyList<ContextRule> Contexts { get; init; } = [];

    /// <summary>What the text asks beyond the table.</summary>
    public Action<FaultLog, TapeValue>? Beyond { get; } = CrossMemberRules.For(name);

    /// <summary>The place of the member with this name; -1 when there is none.</summary>
    /// <param name="hash">Of the name, by <see cref="ByteHash"/>.</param>
    public int IndexOf(ReadOnlySpan<byte> member, uint hash) => names.IndexOf(member, hash);
}

/// <summary>A context by its URL, or by what comes before and after its version, such as <c>-3.0.3</c> (which may be absent).</summary>
internal sealed record ContextRule(string Start, string? End = null, char Major = '0')
{
    public bool Allows(string url)
    {
        if (End is null)
        {
            return url == Start;
        }

        if (!url.StartsWith(Start, StringComparison.Ordinal) || !url.EndsWith(End, StringComparison.Ordinal) || url.Length < Start.Length + End.Length)
        {
            return false;
        }

        var version = url.AsSpan(Start.Length, url.Length - Start.Length - End.Length);
        return version.IsEmpty
            || (version.Length == 6 && version[0] == '-' && version[1] == Major && version[2] == '.' && char.IsAsciiDigit(version[3]) && version[4] == '.' && char.IsAsciiDigit(version[5]));
    }
}
