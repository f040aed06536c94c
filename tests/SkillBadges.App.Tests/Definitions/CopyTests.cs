using SkillBadges.App.Definitions.CoAuthoring;
using SkillBadges.App.Tests.Http;
using SkillBadges.Core.Definitions;

namespace SkillBadges.App.Tests.Definitions;

/// <summary>What one badge takes over from another says where it came from.</summary>
[Collection(DistrictCollection.Name)]
public sealed class CopyTests(TestDistrict district)
{
    [Fact]
    public async Task A_badge_begins_as_a_copy_that_names_its_source_and_not_its_authors()
    {
        var workshop = await Workshop.OpenAsync(district.App);
        var slug = $"copy-{Guid.NewGuid():N}"[..20];
        var body = new { organizationId = workshop.Lead.Value, slug, copyOf = "smaw-fillet@1" };

        using var made = await workshop.LeadTeacher.PostAsync("/api/definitions", body);
        var copy = await made.ReadAsync<DefinitionView>();
        using var read = await workshop.LeadTeacher.GetAsync(new Uri($"/api/definitions/{slug}/revisions/1", UriKind.Relative));
        var revision = await read.ReadAsync<RevisionView>();
        var source = await district.Store.CurrentVersionAsync("smaw-fillet", CancellationToken.None);

        Assert.Equal(("smaw-fillet@1", source.Name), (copy.CopyOf, copy.Name));
        Assert.True(copy.IsComplete, string.Join('\n', revision.Faults));
        Assert.Equal(source.Image.Png!.Value.Hex, revision.Png);
        Assert.NotEmpty(source.CoAuthors);
        Assert.False(revision.Content.TryGetProperty("coAuthors", out _));
        Assert.Equal(slug, revision.Content.GetProperty("slug").GetString());
    }

    [Theory]
    [InlineData("smaw-fillet@99", false, null, 404, "badge.not-found")]
    [InlineData("smaw-fillet", false, null, 422, "definition.bad-version-id")]
    [InlineData("smaw-fillet@1", true, null, 422, "definition.copy-of")]
    [InlineData("smaw-fillet@1", false, "bookkeeping-cycle", 409, "definition.exists")]
    public async Task No_copy_is_made_of_what_is_not_there_or_over_what_is(string copyOf, bool withContent, string? slug, int status, string code)
    {
        var workshop = await Workshop.OpenAsync(district.App);
        using var answer = await workshop.LeadTeacher.PostAsync(
            "/api/definitions", new { organizationId = workshop.Lead.Value, slug = slug ?? $"copy-{Guid.NewGuid():N}"[..20], copyOf, content = withContent ? workshop.Content(null) : null });
        await answer.RefusesAsync(status, code);
    }

    [Fact]
    public async Task Choices_and_levels_of_a_skill_are_proposed_for_another_and_nothing_else_changes()
    {
        var workshop = await Workshop.OpenAsync(district.App);
        var source = await district.Store.CurrentVersionAsync("bookkeeping-cycle", CancellationToken.None);
        var body = new { onRevision = 1, source = "bookkeeping-cycle@1", sourceCompetency = "journalizing", competency = "hot-work-safety", parts = new[] { "choiceBoard", "rubric" } };

        var line = await workshop.PostAsync<ProposalLine>(workshop.LeadTeacher, "skill-copies", body);
        using var read = await workshop.LeadTeacher.GetAsync(new Uri($"/api/definitions/{workshop.Slug}/proposals/{line.Id}", UriKind.Relative));
        var proposal = await read.ReadAsync<ProposalView>();

        Assert.Equal("Choices and Levels of journalizing in bookkeeping-cycle@1.", line.Note);
        Assert.Empty(proposal.Faults);
        var (skills, skill) = (proposal.Content.GetProperty("competencies"), source.Competencies.Single(known => known.Id == "journalizing"));
        Assert.Equal(skill.EvidenceOptions.Select(option => option.Id), skills[0].GetProperty("evidence").EnumerateArray().Select(option => option.GetProperty("id").GetString()));
        Assert.Equal(skill.LevelDescriptors["proficient"], skills[0].GetProperty("levels").GetProperty("proficient").GetString());
        var before = workshop.Content(null)["competencies"]!;
        Assert.Equal((string?)before[0]!["statement"], skills[0].GetProperty("statement").GetString());
        Assert.Equal((string?)before[1]!["levels"]!["proficient"], skills[1].GetProperty("levels").GetProperty("proficient").GetString());
    }

    [Theory]
    [InlineData("no-such", "hot-work-safety", "rubric", "definition.unknown-competency")]
    [InlineData("journalizing", "no-such", "rubric", "definition.unknown-competency")]
    [InlineData("journalizing", "hot-work-safety", null, "definition.copy-parts")]
    public async Task Only_what_is_there_is_taken_over(string from, string to, string? part, string code)
    {
        var workshop = await Workshop.OpenAsync(district.App);
        var parts = part is null ? Array.Empty<string>() : [part];
        using var answer = await workshop.LeadTeacher.PostAsync($"/api/definitions/{workshop.Slug}/skill-copies", new { onRevision = 1, source = "bookkeeping-cycle@1", sourceCompetency = from, competency = to, parts });
        await answer.RefusesAsync(422, code);
    }
}
