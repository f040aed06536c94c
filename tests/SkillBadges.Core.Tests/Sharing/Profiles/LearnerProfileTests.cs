using System.Collections.Immutable;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Sharing.Consents;
using SkillBadges.Core.Sharing.Profiles;

namespace SkillBadges.Core.Tests.Sharing.Profiles;

public sealed class LearnerProfileTests
{
    private static readonly DateTimeOffset now = new(2026, 11, 22, 9, 0, 0, TimeSpan.Zero);

    private static readonly ProfileAuthor teacher = new(PersonId.From("teacher"), ProfileVoice.Teacher, now);

    private static readonly ProfileLine line = new("s1", ProfileBlock.Strengths, "Keeps at it");

    private static LearnerProfile Empty => new(PersonId.From("learner"));

    [Fact]
    public void Nobody_else_sees_a_part_until_the_learner_shows_it()
    {
        var profile = Empty.Write([line, new("g1", ProfileBlock.Goals, "A shop of my own")], now);
        Assert.All(Enum.GetValues<ProfileAudience>(), audience => Assert.Empty(profile.For(audience)));
        var shown = profile.Show(new Dictionary<ProfileBlock, ImmutableArray<ProfileAudience>> { [ProfileBlock.Strengths] = [ProfileAudience.Teachers] });
        Assert.Equal("s1", Assert.Single(shown.For(ProfileAudience.Teachers)).Id);
        Assert.Empty(shown.For(ProfileAudience.Family));
        Assert.Empty(shown.Show(ImmutableDictionary<ProfileBlock, ImmutableArray<ProfileAudience>>.Empty).For(ProfileAudience.Teachers));
    }

    [Fact]
    public void What_is_proposed_is_no_part_of_the_profile_until_the_learner_takes_it_in_with_its_author()
    {
        var proposed = Empty.Propose(line with { Author = teacher }).Propose(line with { Id = "again", Author = teacher });
        Assert.Single(proposed.Proposals);
        Assert.Empty(proposed.Lines);
        Assert.Equal(teacher, Assert.Single(proposed.Answer("s1", isAccepted: true).Lines).Author);
        var declined = proposed.Answer("s1", isAccepted: false);
        Assert.Empty(declined.Lines);
        Assert.Empty(declined.Proposals);
        Refused("profile-proposal.not-found", () => declined.Answer("s1", isAccepted: true));
    }

    [Fact]
    public void A_line_that_stays_keeps_its_author_and_one_that_changes_is_the_learners()
    {
        var profile = Empty.Propose(line with { Author = teacher }).Answer("s1", isAccepted: true);
        Assert.Equal(ProfileVoice.Teacher, profile.Write([line], now).Lines[0].Author!.Voice);
        Assert.Equal(ProfileVoice.Learner, profile.Write([line with { Text = "Keeps at it for hours" }], now).Lines[0].Author!.Voice);
    }

    [Fact]
    public void Lines_are_few_and_short_have_ids_of_their_own_and_say_nothing_of_who_wrote_them()
    {
        foreach (var lines in new ProfileLine[][]
        {
            [line, line], [line with { Id = "" }], [line with { Text = " " }], [line with { Text = new('x', LearnerProfile.MaxTextLength + 1) }], [line with { Author = teacher }],
            [line with { Award = AwardId.From("a") }], [line with { Block = (ProfileBlock)99 }], [.. Enumerable.Range(0, LearnerProfile.MaxLines + 1).Select(i => line with { Id = $"{i}" })],
        })
        {
            Refused("profile.lines", () => Empty.Write(lines, now));
        }

        var full = Enumerable.Range(0, LearnerProfile.MaxProposals).Aggregate(Empty, (profile, i) => profile.Propose(line with { Id = $"{i}", Text = $"{i}", Author = teacher }));
        Refused("profile.proposals-full", () => full.Propose(line with { Author = teacher }));
    }

    [Theory]
    [InlineData("2026-01-01", "2030-01-01", null)]
    [InlineData(null, "2026-11-22", null)]
    [InlineData("2026-01-01", null, null)]
    [InlineData("2026-01-01", "2026-01-01", "rights.same")]
    [InlineData(null, "2044-11-23", "rights.day")]
    [InlineData(null, "1906-11-21", "rights.day")]
    public void The_day_on_which_rights_pass_is_a_birthday_that_can_be(string? was, string? day, string? code)
    {
        var change = new RightsChange("1", PersonId.From("learner"), OrganizationId.From("west"), Day(was), Day(day), "The order lies in the file.", PersonId.From("registrar"), now);
        if (code is null)
        {
            Assert.Equal(change, change.Checked(new(2026, 11, 22)));
            Refused("rights.reason", () => (change with { Reason = " " }).Checked(new(2026, 11, 22)));
        }
        else
        {
            Refused(code, () => change.Checked(new(2026, 11, 22)));
        }
    }

    private static DateOnly? Day(string? text) => text is null ? null : DateOnly.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static void Refused(string code, Action act) => Assert.Equal(code, Assert.Throws<RefusedException>(act).Code);
}
