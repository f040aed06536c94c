using System.Net;
using SkillBadges.App.Definitions;
using SkillBadges.App.Evidence;
using SkillBadges.App.Organizations;
using SkillBadges.App.Tests.Http;
using SkillBadges.Core.Organizations;

namespace SkillBadges.App.Tests.Organizations;

/// <summary>A school that uses standards, levels and the record when it is ready for each.</summary>
[Collection(DistrictCollection.Name)]
public sealed class FeatureStagesTests(TestDistrict district)
{
    [Fact]
    public async Task Everything_is_on_until_somebody_switches_it_off()
    {
        using var anyone = await district.AsAsync(district.Teacher);
        using var answer = await anyone.GetAsync(new Uri($"/api/organizations/{district.East}/settings", UriKind.Relative));
        var effective = (await answer.ReadAsync<SettingsView>()).Effective;

        Assert.All(["standards", "scales", "reporting"], stage => Assert.Equal((true, null), (effective[stage].Value.GetValue<bool>(), effective[stage].Origin)));
        Assert.Equal("warn", effective["lint"].Value.GetValue<string>());
    }

    [Fact]
    public async Task Without_reporting_staff_do_not_read_the_record_and_the_family_does() => await AtWestAsync(new { undoMinutes = 0, reporting = false }, async () =>
    {
        var learner = await district.LearnerAsync();
        using var teacher = await district.AsAsync(district.Teacher);
        using var stranger = await district.AsAsync(district.EastTeacher);
        var address = $"/api/learners/{learner.Person}/gradebook";

        using var byStaff = await teacher.GetAsync(new Uri($"{address}?school={district.West}", UriKind.Relative));
        using var byStranger = await stranger.GetAsync(new Uri($"{address}?school={district.West}", UriKind.Relative));
        using var byLearner = await learner.Client.GetAsync(new Uri(address, UriKind.Relative));

        await byStaff.RefusesAsync(403, "stage.reporting-off");
        await byStranger.RefusesAsync(404, "learner.not-found");
        Assert.Equal(HttpStatusCode.OK, byLearner.StatusCode);
    });

    [Fact]
    public async Task Without_scales_work_is_signed_off_and_nobody_names_a_level() => await AtWestAsync(new { undoMinutes = 0, scales = false }, async () =>
    {
        var learner = await district.LearnerAsync();
        var draft = await district.DraftAsync(await district.LearnerAsync());
        var skill = district.Definition.Competencies[0].Id;
        var submission = await district.TurnedInAsync(learner.Person);
        using var teacher = await district.AsAsync(district.Teacher);

        var own = await district.StoredAsync(Core.Evidence.SubmissionId.From(draft.Id));
        using var writer = await district.AsAsync(own.Document.Learner);
        using var rated = await writer.PutJsonAsync($"/api/submissions/{draft.Id}/reflections/{skill}", new { selfLevel = "proficient", reflection = "Well." });
        using var reflected = await writer.PutJsonAsync($"/api/submissions/{draft.Id}/reflections/{skill}", new { reflection = "Well." });
        using var leveled = await teacher.PostAsync($"/api/submissions/{submission}/decisions", new { attempt = 1, outcome = "approved", ratings = new[] { new { competencyId = skill, level = "advanced" } } });
        using var signed = await teacher.PostAsync($"/api/submissions/{submission}/decisions", TestDistrict.Approval);

        await rated.RefusesAsync(403, "stage.scales-off");
        await reflected.ReadAsync<SubmissionView>();
        await leveled.RefusesAsync(403, "stage.scales-off");
        Assert.Equal(HttpStatusCode.Created, signed.StatusCode);
    });

    [Fact]
    public async Task Without_standards_a_badge_is_shown_without_alignments_for_that_school_alone() => await AtWestAsync(new { undoMinutes = 0, standards = false }, async () =>
    {
        using var anyone = district.App.Anonymous();
        async Task<BadgeView> SeenAsync(string query) => await (await anyone.GetAsync(new Uri($"/api/badges/smaw-fillet{query}", UriKind.Relative))).ReadAsync<BadgeView>();
        async Task<AlignmentView[]> AlignedAsync(string query) => await (await anyone.GetAsync(new Uri($"/api/badges/smaw-fillet/alignments{query}", UriKind.Relative))).ReadAsync<AlignmentView[]>();

        var (there, elsewhere) = (await SeenAsync($"?school={district.West}"), await SeenAsync($"?school={district.East}"));
        Assert.Empty(there.Alignments);
        Assert.All(there.Competencies, skill => Assert.Empty(skill.Alignments));
        Assert.NotEmpty(elsewhere.Alignments);
        Assert.Equal((await SeenAsync("")).Alignments, elsewhere.Alignments);
        Assert.Empty(await AlignedAsync($"?school={district.West}"));
        Assert.NotEmpty(await AlignedAsync(""));
        using var nowhere = await anyone.GetAsync(new Uri("/api/badges/smaw-fillet?school=no-such", UriKind.Relative));
        await nowhere.RefusesAsync(404, "organization.not-found");
    });

    private async Task AtWestAsync(object settings, Func<Task> test)
    {
        using var admin = await district.AsAsync(await district.App.PersonAsync(district.West, Role.OrganizationAdmin));
        var address = $"/api/organizations/{district.West}/settings";
        (await admin.PutJsonAsync(address, settings)).EnsureSuccessStatusCode();
        try
        {
            await test();
        }
        finally
        {
            (await admin.PutJsonAsync(address, new { undoMinutes = 0 })).EnsureSuccessStatusCode();
        }
    }
}
