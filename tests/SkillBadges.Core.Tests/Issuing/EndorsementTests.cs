using System.Text;
using System.Text.Json;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Definitions.CoAuthoring;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Issuing.Endorsements;
using SkillBadges.Core.Issuing.Keys;
using SkillBadges.Core.Issuing.Status;
using SkillBadges.Core.Notices;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;
using SkillBadges.Credentials;
using SkillBadges.Credentials.Dids;
using SkillBadges.Credentials.Verification;

namespace SkillBadges.Core.Tests.Issuing;

/// <summary>Sign-offs travel: each becomes a credential of its organization, inside the awards that come after it.</summary>
public sealed class EndorsementTests : IAsyncLifetime
{
    private static readonly BadgeDefinition badge = Requests.Approved().Badge;
    private static readonly SignOff college = SignOffOf("college", SigningParty.Postsecondary) with { Comment = "Our first course begins here." };
    private static readonly SignOff guild = SignOffOf("guild", SigningParty.Industry) with { Comment = "<script>alert(1)</script>" };

    private readonly IssuingWorld world = new();

    private EndorsementIssuing Issuing => new(world.Node.Commits, world.Node.Keys, world.Node.Indexes, Requests.Address, world.Clock);

    public async Task InitializeAsync()
    {
        await world.AddAsync(Organization.Found(OrganizationId.From("college"), "north-college", "North College", OrganizationKind.College, null));
        await world.AddAsync(Organization.Found(OrganizationId.From("guild"), "welders-guild", "Welders' Guild", OrganizationKind.IndustryBody, null));
        var vote = new CommitteeVote("vote", new("Committee", new(2026, 1, 1), SigningParty.Secondary, ["A", "B"], "Moved, seconded and carried by all who were there.", null), 1, 1, badge.ContentHash, college.Organization, PersonId.From("p"), Requests.Noon);
        var provenance = new VersionProvenance(badge.Id, 1, badge.ContentHash, [college.Organization, guild.Organization], [], [college, guild], [vote], null, null, college.Organization, Requests.Noon);
        await world.Store.CommitAsync(new Changes().Add(DefinitionDocuments.Versions, badge).Add(CoAuthoringDocuments.Provenance, provenance), default);
    }

    public Task DisposeAsync()
    {
        world.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Each_sign_off_becomes_one_endorsement_by_its_organization_and_a_vote_becomes_none()
    {
        await Issuing.BringUpToDateAsync(badge.Id, default);
        await Issuing.BringUpToDateAsync(badge.Id, default);

        var made = await BadgeEndorsements.OfAsync(world.Store, badge.Id, default);
        Assert.Equal(["college", "guild"], made.Select(one => one.Read.Document.Organization.Value).Order());
        Assert.All(made, one => Assert.Equal(EndorsementState.Issued, one.Read.Document.State));
        using var json = JsonDocument.Parse(made.Single(one => one.Read.Document.Organization == college.Organization).Json!.Text);
        Assert.Equal("did:web:localhost%3A5080:orgs:north-college", json.RootElement.GetProperty("issuer").GetProperty("id").GetString());
        Assert.Equal("http://localhost:5080/achievements/bench-work/1", json.RootElement.GetProperty("credentialSubject").GetProperty("id").GetString());
        Assert.Equal("Our first course begins here.", json.RootElement.GetProperty("credentialSubject").GetProperty("endorsementComment").GetString());
        Assert.DoesNotContain("<script", made.Single(one => one.Read.Document.Organization == guild.Organization).Json!.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Those_who_awarded_the_badge_are_told_once_that_a_sign_off_was_taken_back()
    {
        await Issuing.BringUpToDateAsync(badge.Id, default);
        await world.IssueAsync();
        var (registrar, teacher) = (await world.StaffAsync(world.School, Role.Registrar, "registrar"), await world.StaffAsync(world.School, Role.Teacher, "teacher"));
        var read = await world.Store.GetAsync(CoAuthoringDocuments.Provenance, badge.Id.ToString(), "badge", default);
        await world.Store.CommitAsync(new Changes().Replace(CoAuthoringDocuments.Provenance, read, read.Document.Withdraw(guild.Id, new(Requests.Noon, "The code changed.", PersonId.From("master")))), default);

        await Issuing.BringUpToDateAsync(badge.Id, default);
        await Issuing.BringUpToDateAsync(badge.Id, default);

        var told = (await world.Store.QueryAsync(NoticeDocuments.Kind, NoticeDocuments.ByPerson.Where(registrar.Person.Value).Take(10), default)).Documents.ToList();
        Assert.Equal((NoticeKind.SignOffWithdrawn, badge.Slug), (Assert.Single(told).Kind, told[0].About));
        Assert.Empty((await world.Store.QueryAsync(NoticeDocuments.Kind, NoticeDocuments.ByPerson.Where(teacher.Person.Value).Take(10), default)).Items);
    }

    [Theory]
    [InlineData(SignedForm.VcJwtRs256)]
    [InlineData(SignedForm.VcJwtEs256)]
    [InlineData(SignedForm.EddsaRdfc2022)]
    public async Task An_award_carries_them_in_every_form_and_each_is_checked_by_itself(string form)
    {
        await Issuing.BringUpToDateAsync(badge.Id, default);
        var report = await VerifyAsync(await TextAsync(await world.IssueAsync(), form));

        Assert.Equal((Verdict.Valid, "ok"), (report.Verdict, report.Code));
        Assert.Equal(CheckOutcome.Passed, report[CheckName.Endorsements].Outcome);
        Assert.Equal([Verdict.Valid, Verdict.Valid], report.Inner.Select(inner => inner.Report.Verdict));
        Assert.All(report.Inner, inner => Assert.StartsWith("/credentialSubject/achievement/endorsement/", inner.Place, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_taken_back_is_revoked_leaves_later_awards_and_stays_visible_in_earlier_ones()
    {
        await Issuing.BringUpToDateAsync(badge.Id, default);
        var earlier = await TextAsync(await world.IssueAsync(), SignedForm.EddsaRdfc2022);
        await WithdrawAsync(guild.Id);

        var later = await VerifyAsync(await TextAsync(await world.IssueAsync(Requests.Approved("learner-2")), SignedForm.EddsaRdfc2022));
        Assert.Equal("did:web:localhost%3A5080:orgs:north-college", Assert.Single(later.Inner).Report.Credential!.IssuerId);
        Assert.Equal(CheckOutcome.Passed, later[CheckName.Endorsements].Outcome);

        var before = await VerifyAsync(earlier);
        Assert.Equal((Verdict.Valid, CheckOutcome.Failed), (before.Verdict, before[CheckName.Endorsements].Outcome));
        Assert.Contains(before.Inner, inner => inner.Report.Verdict == Verdict.RevokedOrSuspended);
        Assert.Contains(await BadgeEndorsements.OfAsync(world.Store, badge.Id, default), one => one.Read.Document.State == EndorsementState.Withdrawn);
    }

    [Fact]
    public async Task What_was_taken_back_before_it_was_signed_is_never_signed()
    {
        await WithdrawAsync(guild.Id);
        Assert.Equal("college", Assert.Single(await BadgeEndorsements.OfAsync(world.Store, badge.Id, default)).Read.Document.Organization.Value);
    }

    [Fact]
    public async Task After_a_bad_day_standing_endorsements_are_signed_anew_and_withdrawn_ones_are_not()
    {
        await Issuing.BringUpToDateAsync(badge.Id, default);
        var old = (await BadgeEndorsements.OfAsync(world.Store, badge.Id, default)).Single(one => one.Read.Document.Organization == college.Organization).Json!.Text;
        world.Clock.Advance(TimeSpan.FromHours(1));
        await world.Node.Compromise.DeclareAsync(college.Organization, Requests.Noon, default);
        Assert.Equal(1, await world.Node.Resigning.ResignAsync(college.Organization, default));

        var again = (await BadgeEndorsements.OfAsync(world.Store, badge.Id, default)).Single(one => one.Read.Document.Organization == college.Organization).Json!.Text;
        Assert.NotEqual(old, again);
        Assert.Equal(Verdict.Valid, (await VerifyAsync(again)).Verdict);
        await WithdrawAsync(college.Id);
        await world.Node.Compromise.DeclareAsync(college.Organization, Requests.Noon, default);
        Assert.Equal(0, await world.Node.Resigning.ResignAsync(college.Organization, default));
    }

    private static SignOff SignOffOf(string organization, SigningParty party) =>
        new($"sign-off-{organization}", OrganizationId.From(organization), party, 1, 1, badge.ContentHash, SignOffMethod.Member, Requests.Noon) { Person = PersonId.From("signer") };

    private async Task WithdrawAsync(string signOff)
    {
        var read = (await world.Store.FindAsync(CoAuthoringDocuments.Provenance, badge.Id.ToString(), default))!;
        var end = new SignOffEnd(world.Clock.Now(), "The standard changed.", PersonId.From("signer"));
        await world.Store.CommitAsync(new Changes().Replace(CoAuthoringDocuments.Provenance, read, read.Document.Withdraw(signOff, end)), default);
        await Issuing.BringUpToDateAsync(badge.Id, default);
    }

    private async Task<string> TextAsync(Award award, string form) => (await world.GetAsync(SignedCredentialDocuments.Kind, award.Credential.Value)).Form(form)!.Text;

    private async Task<VerificationReport> VerifyAsync(string text)
    {
        var network = new DidResolver((_, _) => ValueTask.FromResult(Fetched.NotAllowed), []);
        var dids = new InstanceDidResolver(world.Node.Documents, Requests.Address, network);
        var lists = new InstanceStatusLists(world.Node.Publisher, Requests.Address, (_, _) => ValueTask.FromResult(Fetched.NotAllowed));
        var ports = new VerifierPorts(dids, lists.FetchAsync, (issuer, _) => ValueTask.FromResult<TrustedIssuer?>(new(issuer, [])), world.Clock);
        return await new InstanceVerifier(ports, new AttestedIssuers(world.Store, world.Node.Keys, Requests.Address)).VerifyAsync(Encoding.UTF8.GetBytes(text), default);
    }
}
