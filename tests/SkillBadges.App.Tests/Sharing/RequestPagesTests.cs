using System.Net;
using SkillBadges.App.Tests.Http;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Sharing;
using SkillBadges.Core.Sharing.Transfers;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Tests.Sharing;

/// <summary>Two registrars ask for a record, let it go and take it in, on pages without script.</summary>
[Collection(DistrictCollection.Name)]
public sealed class RequestPagesTests(TestDistrict district)
{
    [Fact]
    public async Task A_record_is_asked_for_let_go_on_its_ground_and_taken_in()
    {
        var learner = await district.LearnerAsync();
        await district.ApprovedAsync(learner.Person);
        var read = await district.Store.GetAsync(PersonDocuments.Kind, learner.Person.Value, "person", default);
        await district.Store.CommitAsync(new Changes().Replace(PersonDocuments.Kind, read, read.Document with { DisplayName = "Zora Quill" }), default);
        var school = (await district.App.OrganizationAsync(OrganizationKind.HighSchool)).Id;
        var student = await district.App.PersonAsync(school, Role.Student);
        using var keeper = await PageVisitor.OfAsync(district.App, district.WestRegistrar);
        using var asking = await PageVisitor.OfAsync(district.App, await district.App.PersonAsync(school, Role.Registrar));
        var (theirs, ours) = ($"/office/{school}/requests", $"/office/{district.West}/requests");
        Assert.Contains("asked no other one", await asking.OpenAsync($"{theirs}?by=us"), StringComparison.Ordinal);
        Assert.Contains("No school here is called like that", await asking.SendAsync($"{theirs}?by=us", "ask", ("School", "No such school"), ("About", "Ada"), ("Ground", "Enrollment")), StringComparison.Ordinal);
        Assert.Contains("/problems/transfer.paper", await asking.SendAsync($"{theirs}?by=us", "ask", ("School", "a high"), ("Keeper", district.West.Value), ("About", "Ada"), ("Ground", "CourtOrder")), StringComparison.Ordinal);

        Assert.Contains("Please choose", await asking.SendAsync($"{theirs}?by=us", "ask", ("School", "A HighSchool"), ("About", "Ada"), ("Ground", "Enrollment")), StringComparison.Ordinal);
        var asked = await asking.SendFromAsync(asking.Html, $"{theirs}?by=us", "ask", ("School", "A HighSchool"), ("Keeper", district.West.Value), ("About", "Ada <b>Lovelace</b>, your grade 10"), ("Ground", "Enrollment"));
        Assert.Contains("waits for an answer", asked, StringComparison.Ordinal);
        Assert.Contains("Ada &lt;b&gt;Lovelace", asking.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("Let the record go", asked, StringComparison.Ordinal);
        var request = (await district.Store.FirstAsync(TransferDocuments.Kind, TransferDocuments.ByReceiver.Where(school.Value).Descending(), default))!.Document.Id;
        Assert.Contains($"{ours}/{request}", await keeper.OpenAsync(ours), StringComparison.Ordinal);
        Assert.Contains("No student here is called like that", await keeper.SendAsync($"{ours}/{request}", "answer", ("Who", "Zebulon"), ("Step", "find")), StringComparison.Ordinal);
        Assert.Contains(learner.Person.Value, await keeper.SendAsync($"{ours}/{request}", "answer", ("Who", "Quill"), ("Step", "find")), StringComparison.Ordinal);
        var released = await keeper.SendFromAsync(keeper.Html, $"{ours}/{request}", "answer", ("Who", "Quill"), ("Step", "do"), ("Learner", learner.Person.Value), ("WithEvidence", "true"));
        Assert.Contains("released, not received yet", released, StringComparison.Ordinal);
        Assert.Contains($"/api/transfers/{request}/pack", released, StringComparison.Ordinal);

        Assert.DoesNotContain(learner.Person.Value, await asking.OpenAsync($"{theirs}/{request}"), StringComparison.Ordinal);
        var taken = await asking.SendAsync($"{theirs}/{request}", "answer", ("Who", "ada"), ("Step", "do"), ("Learner", student.Value));
        Assert.Contains("Taken in:", taken, StringComparison.Ordinal);
        Assert.Contains("received", taken, StringComparison.Ordinal);
        var rows = await district.Store.QueryAsync(DisclosureDocuments.Kind, DisclosureDocuments.ByLearner.Where(learner.Person.Value).Take(10), default);
        Assert.Equal(DisclosureDoor.Transfer, Assert.Single(rows.Documents).Door);
    }

    [Fact]
    public async Task A_letter_is_entered_and_refused_and_nobody_else_reads_it()
    {
        using var keeper = await PageVisitor.OfAsync(district.App, district.WestRegistrar);
        using var stranger = await PageVisitor.OfAsync(district.App, district.EastRegistrar);
        using var teacher = await PageVisitor.OfAsync(district.App, district.Teacher);
        var ours = $"/office/{district.West}/requests";
        await keeper.SendAsync(ours, "enter", ("School", "Far High"), ("About", "A student of last year"), ("Ground", "Enrollment"));
        var request = (await district.Store.FirstAsync(TransferDocuments.Kind, TransferDocuments.ByRecordKeeper.Where(district.West.Value).Descending(), default))!.Document;
        Assert.Equal((null, "Far High"), (request.Receiver.Organization, request.Receiver.Name));

        var refused = await keeper.SendAsync($"{ours}/{request.Id}", "refuse", ("Reason", "No such student is known here."));
        Assert.Contains("No such student is known here.", refused, StringComparison.Ordinal);
        Assert.DoesNotContain("Let the record go", refused, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.TryAsync($"/office/{district.East}/requests/{request.Id}")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await stranger.TryAsync($"{ours}/{request.Id}")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await teacher.TryAsync(ours)).Status);
    }
}
