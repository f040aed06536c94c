using System.Collections.Immutable;
using System.Text.Json.Serialization;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Sharing.Profiles;

/// <summary>The parts of a profile. None asks about health, feelings, family or engagement, and none will.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ProfileBlock>))]
public enum ProfileBlock
{
    /// <summary>What makes the learner want to work.</summary>
    [JsonStringEnumMemberName("drivers")]
    Drivers,

    [JsonStringEnumMemberName("strengths")]
    Strengths,

    /// <summary>What is hard at school or work, and what helps.</summary>
    [JsonStringEnumMemberName("challenges")]
    Challenges,

    [JsonStringEnumMemberName("interests")]
    Interests,

    [JsonStringEnumMemberName("goals")]
    Goals,

    [JsonStringEnumMemberName("how-i-learn")]
    HowILearn,

    [JsonStringEnumMemberName("languages")]
    Languages,

    /// <summary>Badges of the learner's own that say something about the rest.</summary>
    [JsonStringEnumMemberName("badges")]
    Badges,
}

/// <summary>Who may be shown a part, besides the learner.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ProfileAudience>))]
public enum ProfileAudience
{
    /// <summary>Teachers of the learner.</summary>
    [JsonStringEnumMemberName("teachers")]
    Teachers,

    /// <summary>The records office, counselors included.</summary>
    [JsonStringEnumMemberName("office")]
    Office,

    /// <summary>Guardians.</summary>
    [JsonStringEnumMemberName("family")]
    Family,

    /// <summary>It goes along when the record goes to another school.</summary>
    [JsonStringEnumMemberName("next-school")]
    NextSchool,
}

/// <summary>Who wrote a line, in which capacity.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ProfileVoice>))]
public enum ProfileVoice
{
    [JsonStringEnumMemberName("learner")]
    Learner,

    [JsonStringEnumMemberName("teacher")]
    Teacher,

    [JsonStringEnumMemberName("office")]
    Office,

    [JsonStringEnumMemberName("family")]
    Family,
}

/// <param name="From">The school from which the line came with the record; null for what was written here.</param>
public sealed record ProfileAuthor(PersonId Person, ProfileVoice Voice, DateTimeOffset At, string? From = null);

/// <param name="Id">Unique within the profile.</param>
/// <param name="Award">A badge of the learner's own, for <see cref="ProfileBlock.Badges"/>; else null.</param>
public sealed record ProfileLine(string Id, ProfileBlock Block, string Text, AwardId? Award = null, ProfileAuthor? Author = null);

/// <summary>
/// What a learner says of themselves. It is the learner's: others propose, and the learner accepts or declines; the learner alone says who sees which part,
/// and nobody does until then.
/// </summary>
public sealed record LearnerProfile(PersonId Learner)
{
    public const int MaxLines = 100;
    public const int MaxProposals = 50;
    public const int MaxTextLength = 500;

    public ImmutableArray<ProfileLine> Lines { get; init; } = [];

    /// <summary>Proposed by others, not part of the profile yet.</summary>
    public ImmutableArray<ProfileLine> Proposals { get; init; } = [];

    /// <summary>Who sees which part; a part that is absent is seen by nobody else.</summary>
    public ImmutableDictionary<ProfileBlock, ImmutableArray<ProfileAudience>> Shown { get; init; } = ImmutableDictionary<ProfileBlock, ImmutableArray<ProfileAudience>>.Empty;

    public bool IsShown(ProfileBlock block, ProfileAudience audience) => Shown.TryGetValue(block, out var audiences) && audiences.Contains(audience);

    /// <summary>The lines of the parts that an audience is shown.</summary>
    public ImmutableArray<ProfileLine> For(ProfileAudience audience) => [.. Lines.Where(line => IsShown(line.Block, audience))];

    /// <summary>The learner writes the profile anew: lines that stay as they were keep their author, others are the learner's.</summary>
    /// <exception cref="RefusedException"><c>profile.lines</c>.</exception>
    public LearnerProfile Write(IReadOnlyCollection<ProfileLine> lines, DateTimeOffset at)
    {
        if (lines.Count > MaxLines || lines.DistinctBy(line => line.Id, StringComparer.Ordinal).Count() != lines.Count
            || lines.Any(line => line.Id.Length is 0 or > 64 || !Enum.IsDefined(line.Block) || (line.Award is not null && line.Block != ProfileBlock.Badges) || line.Author is not null))
        {
            throw Refused.Invalid("profile.lines", $"A profile has at most {MaxLines} lines, each with an id of its own; a badge stands in the part of badges. Who wrote what is not for the writer to say.");
        }

        var earlier = Lines.ToDictionary(line => line.Id, StringComparer.Ordinal);
        var own = new ProfileAuthor(Learner, ProfileVoice.Learner, at);
        return this with
        {
            Lines = [.. lines.Select(Clean).Select(line => line with { Author = earlier.TryGetValue(line.Id, out var was) && was with { Author = null } == line ? was.Author : own })],
        };
    }

    /// <summary>The learner says who sees which parts; parts that are not named are seen by nobody else.</summary>
    public LearnerProfile Show(IReadOnlyDictionary<ProfileBlock, ImmutableArray<ProfileAudience>> shown) =>
        this with { Shown = shown.Where(pair => !pair.Value.IsEmpty).ToImmutableDictionary(pair => pair.Key, pair => pair.Value.Distinct().Order().ToImmutableArray()) };

    /// <summary>Somebody else proposes a line; it waits for the learner. The same words twice are one proposal.</summary>
    /// <exception cref="RefusedException"><c>profile.lines</c>, <c>profile.proposals-full</c>.</exception>
    public LearnerProfile Propose(ProfileLine line)
    {
        var clean = Clean(line);
        if (Lines.Concat(Proposals).Any(known => (known.Block, known.Text) == (clean.Block, clean.Text)))
        {
            return this;
        }

        return Proposals.Length < MaxProposals
            ? this with { Proposals = Proposals.Add(clean) }
            : throw Refused.Conflict("profile.proposals-full", $"At most {MaxProposals} proposals wait for a learner's answer.");
    }

    /// <summary>The learner takes a proposal into the profile, its author with it, or declines it, and nothing of it stays.</summary>
    /// <exception cref="RefusedException"><c>profile-proposal.not-found</c>, <c>profile.lines</c>.</exception>
    public LearnerProfile Answer(string proposal, bool isAccepted)
    {
        var line = Proposals.FirstOrDefault(line => line.Id == proposal) ?? throw Refused.NotFound("profile-proposal");
        var rest = this with { Proposals = Proposals.Remove(line) };
        if (!isAccepted)
        {
            return rest;
        }

        return Lines.Length < MaxLines ? rest with { Lines = Lines.Add(line) } : throw Refused.Invalid("profile.lines", $"A profile has at most {MaxLines} lines; please remove one first.");
    }

    private static ProfileLine Clean(ProfileLine line) => line with { Text = DisplayText.Require(line.Text, MaxTextLength, "profile.lines") };
}

public static class ProfileDocuments
{
    /// <summary>One of each person.</summary>
    public static readonly DocumentKind<LearnerProfile> Kind = new("learner_profile", profile => profile.Learner.Value);
}
