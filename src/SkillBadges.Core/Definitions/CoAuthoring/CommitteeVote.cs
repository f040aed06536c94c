using System.Collections.Immutable;
using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.Definitions.CoAuthoring;

/// <summary>A vote as it is entered.</summary>
/// <param name="Bodies">Names of organizations that took part; never of persons under age.</param>
/// <param name="Minutes">The minutes in words, or what the attached file is.</param>
/// <param name="MinutesFile">The minutes as a file in the file store, or null.</param>
public sealed record CommitteeVoteEntry(string Committee, DateOnly HeldOn, SigningParty StandsInFor, ImmutableArray<string> Bodies, string Minutes, Sha256Digest? MinutesFile);

/// <summary>
/// A vote of an advisory committee, recorded with its minutes, so that one silence does not block a badge. It stands in for one missing
/// sign-off and is always called a vote: it is nobody's signature.
/// </summary>
public sealed record CommitteeVote(
    string Id, CommitteeVoteEntry Entry, int Revision, int Meaning, Sha256Digest ContentHash, OrganizationId RecordedBy, PersonId RecordedByPerson, DateTimeOffset At)
{
    public const int MaxBodies = 40;
    public const int MaxMinutesLength = 20_000;
    public const int MinMinutesLength = 40;

    public SignOffEnd? Withdrawn { get; init; }

    /// <summary>The entry, its texts cleaned.</summary>
    /// <param name="today">The day on which it is entered; a vote of tomorrow is none.</param>
    /// <exception cref="RefusedException"><c>committee-vote.committee</c>, <c>committee-vote.day</c>, <c>committee-vote.bodies</c>, <c>committee-vote.minutes</c>.</exception>
    public static CommitteeVoteEntry Checked(CommitteeVoteEntry entry, DateOnly today)
    {
        if (entry.HeldOn > today)
        {
            throw Refused.Invalid("committee-vote.day", "A vote is recorded after it was held.");
        }

        if (entry.Bodies.Length is < 2 or > MaxBodies)
        {
            throw Refused.Invalid("committee-vote.bodies", $"Name the 2 to {MaxBodies} organizations that took part; a vote of one is no committee's.");
        }

        var minutes = DisplayText.Optional(entry.Minutes, MaxMinutesLength, "committee-vote.minutes") ?? "";
        return minutes.Length < MinMinutesLength
            ? throw Refused.Invalid("committee-vote.minutes", $"Minutes say what was put to the vote and how it went, in {MinMinutesLength} characters or more.")
            : entry with
            {
                Committee = DisplayText.Require(entry.Committee, 200, "committee-vote.committee"),
                Bodies = [.. entry.Bodies.Select(body => DisplayText.Require(body, 200, "committee-vote.bodies"))],
                Minutes = minutes,
            };
    }
}
