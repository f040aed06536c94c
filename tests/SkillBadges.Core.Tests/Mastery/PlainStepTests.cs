using SkillBadges.Core.Mastery;

namespace SkillBadges.Core.Tests.Mastery;

public sealed class PlainStepTests
{
    [Theory]
    [InlineData("a b C d", "NotYet WithHelp Alone CanTeachIt")]
    [InlineData("a B", "NotYet Alone")]
    [InlineData("A b", "Alone CanTeachIt")]
    [InlineData("a B c", "NotYet Alone CanTeachIt")]
    [InlineData("a b C", "NotYet WithHelp Alone")]
    [InlineData("a b c D e f", "NotYet - WithHelp Alone - CanTeachIt")]
    public void A_scale_is_said_in_plain_steps_around_the_level_that_counts(string levels, string steps)
    {
        var codes = levels.Split(' ');
        var scale = MasteryScale.Create(
            "some", 1, "Some levels", "A scale.", [.. codes.Select((code, place) => new MasteryLevel(code, place + 1, code, code))], codes.Single(code => char.IsUpper(code[0])), ScoringPolicy.Latest);
        Assert.Equal(steps.Split(' '), codes.Select(code => PlainSteps.Of(scale, code)?.ToString() ?? "-"));
    }
}
