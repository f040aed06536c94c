using System.Net;
using System.Text.Json.Nodes;
using SkillBadges.App.Tests.Http;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Gradebook.Recognitions;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Ledger;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Tests.Gradebook;

/// <summary>An issuer on a host of its own takes a badge back: who counted it looks again by itself.</summary>
[Collection(DistrictCollection.Name)]
public sealed class OutsideSourceTests(TestDistrict elsewhere)
{
    [Fact]
    public async Task What_an_issuer_elsewhere_takes_back_falls_when_its_time_to_be_looked_at_has_come()
    {
        var folder = Directory.CreateTempSubdirectory("skillbadges-outside-");
        try
        {
            var learner = await elsewhere.LearnerAsync();
            var award = (await elsewhere.ApprovedAsync(learner.Person)).Answer.Award!.Id;
            var badge = await TestDistrict.CredentialAsync(learner.Client, award, SignedForm.EddsaRdfc2022);
            Settings first;
            RecognitionId id;
            PersonId student;
            OrganizationId school;
            await using (var here = await TestApp.StartAsync(Reaching, folder))
            {
                first = here.Settings;
                (id, student, school) = await CountAsync(here, badge);
                await EndTurnAsync(here);
            }

            // Its time has not come: nothing is asked, and it counts although it was taken back.
            using var registrar = await elsewhere.AsAsync(elsewhere.WestRegistrar);
            Assert.Equal(HttpStatusCode.OK, (await registrar.PostAsync($"/api/awards/{award}/revocations", new { reason = "It was somebody else's work." })).StatusCode);
            await using (var here = await TestApp.StartAsync(settings => Reaching(settings) with { Address = first.Address, Urls = first.Urls }, folder))
            {
                await Task.Delay(300);
                Assert.Equal(RecognitionState.Recognized, (await StateAsync(here, id)).State);
                await MakeDueAsync(here, id);
            }

            for (var look = 1; ; look++)
            {
                await using var here = await TestApp.StartAsync(settings => Reaching(settings) with { Address = first.Address, Urls = first.Urls }, folder);
                var fallen = await BecomesAsync(here, id, RecognitionState.Fallen);
                if (fallen.State != RecognitionState.Fallen && look < 3)
                {
                    // A look that found no answer within its three seconds is put off by hours, which is right, and happens on a machine that is busy.
                    await MakeDueAsync(here, id);
                    continue;
                }

                Assert.Equal(RecognitionState.Fallen, fallen.State);
                var chain = (await here.Store.QueryAsync(LedgerDocuments.Kind, LedgerDocuments.ChainOf(school, student).Take(10), CancellationToken.None)).Documents;
                Assert.Equal([EntryEffect.Asserted, EntryEffect.Retracted], chain.Select(entry => entry.Facts.Effect));
                Assert.Null(await here.Store.FindAsync(RecognitionDocuments.Texts, id.Value, CancellationToken.None));
                using var family = await here.AsAsync(student);
                var line = JsonNode.Parse(await family.GetStringAsync(new Uri($"/api/learners/{student}/gradebook", UriKind.Relative)))!["lines"]![0]!;
                Assert.Null(line["standing"]);
                Assert.Equal(elsewhere.App.Settings.Address.DidOf((await elsewhere.Store.GetAsync(OrganizationDocuments.Kind, elsewhere.West.Value, "organization", CancellationToken.None)).Document.Slug), (string)line["history"]![0]!["recognized"]!["issuerDid"]!);
                return;
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task While_the_issuer_is_out_of_reach_it_counts_and_is_looked_at_again_later()
    {
        var learner = await elsewhere.LearnerAsync();
        var badge = await TestDistrict.CredentialAsync(learner.Client, (await elsewhere.ApprovedAsync(learner.Person)).Answer.Award!.Id, SignedForm.EddsaRdfc2022);
        var folder = Directory.CreateTempSubdirectory("skillbadges-outside-");
        try
        {
            Settings first;
            RecognitionId id;
            await using (var here = await TestApp.StartAsync(Reaching, folder))
            {
                first = here.Settings;
                (id, _, _) = await CountAsync(here, badge);
                await MakeDueAsync(here, id);
            }

            // The operator no longer lets us reach that host.
            await using (var here = await TestApp.StartAsync(settings => settings with { Address = first.Address, Urls = first.Urls }, folder))
            {
                for (var look = 0; look < 400 && (await StateAsync(here, id)).RecheckAt < here.Clock.GetUtcNow(); look++)
                {
                    await Task.Delay(25);
                }

                var found = await StateAsync(here, id);
                Assert.Equal(RecognitionState.Recognized, found.State);
                Assert.True(found.RecheckAt > here.Clock.GetUtcNow().AddHours(11));
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private Settings Reaching(Settings settings) => settings with { IssuerOrigins = [elsewhere.App.Settings.Address.BaseUrl] };

    private static async Task<(RecognitionId Id, PersonId Student, OrganizationId School)> CountAsync(TestApp here, string badge)
    {
        var school = (await here.OrganizationAsync(OrganizationKind.HighSchool)).Id;
        var student = await here.PersonAsync(school, Role.Student);
        using var office = await here.AsAsync(await here.PersonAsync(school, Role.Registrar));
        await here.ShipAsync();
        var brought = await RecognitionScene.NodeAsync(await office.PostAsync(new Uri($"/api/recognitions/files?school={school}&learner={student}&badge={TestDistrict.Badge}", UriKind.Relative), new StringContent(badge)));
        var id = (string)brought["items"]![0]!["recognition"]!["id"]!;
        var skill = (await here.Store.CurrentVersionAsync(TestDistrict.Badge, CancellationToken.None)).Competencies[0].Id;
        using var accepted = await office.PostAsync(
            $"/api/recognitions/{id}/acceptances", new { reason = "The same work.", ownerReason = "We asked.", badge = TestDistrict.Badge, skills = new[] { new { competency = skill, level = "proficient" } } });
        Assert.Equal(HttpStatusCode.OK, accepted.StatusCode);
        return (RecognitionId.From(id), student, school);
    }

    private static async Task MakeDueAsync(TestApp here, RecognitionId id)
    {
        var read = await here.Store.GetAsync(RecognitionDocuments.Kind, id.Value, "recognition", CancellationToken.None);
        await here.Store.CommitAsync(new Changes().Replace(RecognitionDocuments.Kind, read, read.Document with { RecheckAt = here.Clock.GetUtcNow().AddMinutes(-1) }), CancellationToken.None);
        await EndTurnAsync(here);
    }

    // The job looks again at once when the instance starts, as it does when its five minutes are over.
    private static async Task EndTurnAsync(TestApp here)
    {
        for (var look = 0; look < 400; look++)
        {
            if (await here.Store.FindAsync(LeaseDocuments.Terms, "sweep:recheck", CancellationToken.None) is { } term && term.Document.Until > here.Clock.GetUtcNow().AddMinutes(1))
            {
                await here.Store.CommitAsync(new Changes().Remove(LeaseDocuments.Terms, term), CancellationToken.None);
                return;
            }

            await Task.Delay(25);
        }

        Assert.Fail("The job did not run.");
    }

    private static async Task<RecognitionCase> BecomesAsync(TestApp here, RecognitionId id, RecognitionState state)
    {
        for (var look = 0; look < 400 && (await StateAsync(here, id)).State != state; look++)
        {
            await Task.Delay(25);
        }

        return await StateAsync(here, id);
    }

    private static async Task<RecognitionCase> StateAsync(TestApp here, RecognitionId id) => (await here.Store.GetAsync(RecognitionDocuments.Kind, id.Value, "recognition", CancellationToken.None)).Document;
}
