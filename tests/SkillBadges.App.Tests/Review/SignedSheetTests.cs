using System.Text.RegularExpressions;
using SkillBadges.App.Tests.Http;
using SkillBadges.App.Tests.SignIn;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Tests.Evidence.Content;

namespace SkillBadges.App.Tests.Review;

/// <summary>What a supervisor signed on paper, back at school.</summary>
[Collection(DistrictCollection.Name)]
public sealed class SignedSheetTests(TestDistrict district)
{
    [Fact]
    public async Task A_signed_sheet_comes_back_as_the_supervisors_word_with_its_photo_and_who_entered_it()
    {
        var learner = await district.LearnerAsync();
        var placement = await district.PlaceAsync(learner.Person, TestDistrict.SupervisedBadge);
        using var teacher = await PageVisitor.OfAsync(district.App, district.Teacher);
        var printed = await teacher.OpenAsync($"/at-work/{placement.Id}/sheet");
        Assert.Contains("src=\"data:image/png;base64,", printed, StringComparison.Ordinal);
        var skill = Skill(await teacher.OpenAsync($"/at-work/{placement.Id}"));

        var entered = await teacher.SendFileAsync($"/at-work/{placement.Id}", "enter", "Photo", "sheet.png", SampleFiles.PngOf(3456), ($"Levels[{TestDistrict.SupervisedBadge}/{skill}]", "proficient"), ("Day", Today));

        Assert.Contains("1 recorded", entered, StringComparison.Ordinal);
        var seen = Assert.Single(await SeenAsync(learner));
        Assert.Equal((district.Supervisor, district.Teacher, placement.Id, "proficient"), (seen.Assessor.Person, seen.EnteredBy!.Value, seen.Context.Placement!.Value, seen.Level));
        Assert.Equal("image/png", Assert.Single(seen.Photos).MediaType);
        Assert.Contains("Signed on paper", await learner.Client.GetStringAsync(new Uri($"/seen/{seen.Id}", UriKind.Relative)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_its_photo_nothing_comes_back_and_nobody_but_the_school_enters_it()
    {
        var learner = await district.LearnerAsync();
        var placement = await district.PlaceAsync(learner.Person, TestDistrict.SupervisedBadge);
        using var teacher = await PageVisitor.OfAsync(district.App, district.Teacher);
        var skill = Skill(await teacher.OpenAsync($"/at-work/{placement.Id}"));

        var refused = await teacher.SendFileAsync($"/at-work/{placement.Id}", "enter", "Photo", "sheet.jpg", [], ($"Levels[{TestDistrict.SupervisedBadge}/{skill}]", "proficient"), ("Day", Today));

        Assert.Contains("/problems/observation.paper", refused, StringComparison.Ordinal);
        Assert.Empty(await SeenAsync(learner));
        using var elsewhere = await district.AsAsync(district.EastTeacher);
        using var supervisor = await district.AsAsync(district.Supervisor);
        using var office = await district.AsAsync(district.WestRegistrar);
        foreach (var (who, status) in new[] { (elsewhere, 404), (learner.Client, 404), (supervisor, 404), (office, 200) })
        {
            Assert.Equal((status, status), (await who.StatusAsync($"/at-work/{placement.Id}"), await who.StatusAsync($"/at-work/{placement.Id}/sheet")));
        }

        Assert.Equal(200, await supervisor.StatusAsync($"/my-students/interns/{placement.Id}/sheet"));
    }

    [Fact]
    public async Task What_is_refused_stands_at_its_skill_and_the_rest_is_recorded_once()
    {
        var learner = await district.LearnerAsync();
        var placement = await district.PlaceAsync(learner.Person, TestDistrict.SupervisedBadge);
        using var teacher = await PageVisitor.OfAsync(district.App, district.Teacher);
        var address = $"/at-work/{placement.Id}";
        var names = Regex.Matches(await teacher.OpenAsync(address), "name=\"(Levels\\[[^\"]*\\])\"").Select(match => match.Groups[1].Value).Distinct().Take(2).ToList();
        Assert.Contains("Nothing is ticked.", await teacher.SendFileAsync(address, "enter", "Photo", "sheet.png", SampleFiles.PngOf(3457), ("Day", Today)), StringComparison.Ordinal);

        var entered = await teacher.SendFileAsync(address, "enter", "Photo", "sheet.png", SampleFiles.PngOf(3458), (names[0], "proficient"), (names[1], "no-such-level"), ("Day", Today));

        Assert.Contains("1 recorded", entered, StringComparison.Ordinal);
        Assert.Contains("/problems/scale.unknown-level", entered, StringComparison.Ordinal);
        var sheet = Regex.Match(teacher.Html, "name=\"Sheet\" value=\"([^\"]*)\"").Groups[1].Value;
        Assert.Contains("2 recorded", await teacher.SendFileAsync(address, "enter", "Photo", "sheet.png", SampleFiles.PngOf(3458), ("Sheet", sheet), (names[0], "proficient"), (names[1], "advanced"), ("Day", Today)), StringComparison.Ordinal);
        Assert.Equal(2, (await SeenAsync(learner)).Count);
    }

    private string Today => district.App.Clock.GetUtcNow().ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private static string Skill(string page) => page.Split($"name=\"Levels[{TestDistrict.SupervisedBadge}/")[1].Split(']')[0];

    private async Task<IReadOnlyList<Observation>> SeenAsync(TestLearner learner) =>
        [.. (await district.Store.QueryAsync(ObservationDocuments.Kind, ObservationDocuments.ByLearner.Where(learner.Person.Value).Take(10), default)).Documents];
}
