using System.Text.Json;

namespace SkillBadges.Credentials.OpenBadges;

/// <summary>One class of a published model.</summary>
internal sealed class ObjectRule(string name, MemberRule[] members, bool closed = false)
{
    public string Name { get; } = name;

    public MemberRule[] Members { get; } = members;

    /// <summary>No members but these.</summary>
    public bool Closed { get; } = closed;

    /// <summary>Contexts that have to come first; a pattern stands for the versions of one context.</summary>
    public IReadOnlyList<ContextRule> Contexts { get; init; } = [];

    /// <summary>What the text asks beyond the table.</summary>
    public Action<FaultLog, JsonElement>? Beyond { get; } = CrossMemberRules.For(name);

    public int IndexOf(ReadOnlySpan<byte> member)
    {
        for (var i = 0; i < Members.Length; i++)
        {
            if (member.SequenceEqual(Members[i].Utf8Name))
            {
                return i;
            }
        }

        return -1;
    }
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
