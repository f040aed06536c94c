using SkillBadges.Core.Definitions;
using SkillBadges.Core.Definitions.CoAuthoring;

namespace SkillBadges.Core.Tests.Definitions.CoAuthoring;

public sealed class SpellingFixTests
{
    [Theory]
    [InlineData("Recieves the drawing.", "Receives the drawing.")]
    [InlineData("Drils and taps steel.", "Drills and taps steel.")]
    [InlineData("files, drills", "Files, drills.")]
    [InlineData("An electorde laying", "An electrode laying")]
    public void Letters_of_longer_words_are_spelling(string before, string after) => Assert.Null(SpellingFix.Objection(before, after));

    [Theory]
    [InlineData("Does not lift", "Does now lift")]
    [InlineData("never unattended", "ever unattended")]
    [InlineData("within 1/64 inch", "within 1/16 inch")]
    [InlineData("at 15 feet", "at 1.5 feet")]
    [InlineData("unable to lift", "able to lift")]
    [InlineData("Lifts safely", "Lifts")]
    [InlineData("Lifts", "Lifts safely")]
    [InlineData("may lift", "can lift")]
    [InlineData("Lifts with a hoist", "Lifts with a crane")]
    [InlineData("two welds", "ten welds")]
    public void Another_word_is_no_spelling(string before, string after) => Assert.NotNull(SpellingFix.Objection(before, after));

    [Theory]
    [InlineData("Files, drills and taps steel", "Files, drills and tapps steel", true)]
    [InlineData("Bench Work\"", "Bench Wrok\"", true)]
    [InlineData("A file over a vise", "A file ovver a vise", true)]
    [InlineData("Part beside a square.", "Part besidde a square.", true)]
    [InlineData("Files a block flat", "Files a blocck flat", false)]
    [InlineData("Make the part.", "Make the partt.", false)]
    [InlineData("Flat and square within", "Flat and squaree within", false)]
    [InlineData("\"Filing\"", "\"Fillng\"", false)]
    [InlineData("\"requiredLevel\": \"developing\"", "\"requiredLevel\": \"proficient\"", false)]
    [InlineData("\"recencyMonths\": 24", "\"recencyMonths\": 25", false)]
    [InlineData("\"chooseAtLeast\": 2", "\"chooseAtLeast\": 1", false)]
    [InlineData("\"filing\", \"steel\"", "\"filing\", \"steels\"", false)]
    [InlineData("\"supervisor\": \"co-sign\"", "\"supervisor\": \"sole\"", false)]
    [InlineData("\"kind\": \"college\"", "\"kind\": \"colleges\"", false)]
    public void Only_name_description_picture_and_hints_can_be_patched(string old, string now, bool isPatch)
    {
        Assert.Contains(old, BadgeFiles.Bench, StringComparison.Ordinal);
        var before = Drafts.Read(BadgeFiles.Bench);
        var after = Drafts.Read(BadgeFiles.Bench.Replace(old, now, StringComparison.Ordinal));

        Assert.NotEqual(before.Hash, after.Hash);
        Assert.Equal(isPatch, SpellingFix.Objection(before.Badge, after.Badge) is null);
    }

    [Fact]
    public void Another_picture_is_no_spelling()
    {
        var before = Drafts.Read(BadgeFiles.Bench).Badge;
        var after = before with { Image = before.Image with { Png = Sha256Digest.Of("x"u8) } };
        Assert.NotNull(SpellingFix.Objection(before, after));
    }

    [Fact]
    public void A_way_to_show_it_that_comes_or_goes_is_no_spelling()
    {
        var before = Drafts.Read(BadgeFiles.Bench).Badge;
        var more = before.Competencies[0].EvidenceOptions.Add(new EvidenceOption("talk", "Talk", EvidenceKind.Text, "What was done."));
        Assert.NotNull(SpellingFix.Objection(before, before with { Competencies = before.Competencies.SetItem(0, before.Competencies[0] with { EvidenceOptions = more }) }));
    }
}
