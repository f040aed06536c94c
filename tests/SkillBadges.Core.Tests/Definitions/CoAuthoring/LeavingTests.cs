using SkillBadges.Core.Definitions.CoAuthoring;
using SkillBadges.Core.Notices;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Tests.Definitions.CoAuthoring;

/// <summary>Organizations that no longer write a badge, or no longer stand by what they signed.</summary>
public sealed class LeavingTests : IAsyncLifetime
{
    private Table table = null!;

    public async Task InitializeAsync() => table = await Table.OpenAsync();

    public Task DisposeAsync()
    {
        table.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Who_leaves_a_need_unmet_is_told_so_and_has_to_say_that_they_know()
    {
        await table.StartAsync();
        await table.SignAllAsync();

        Assert.Equal("definition.leaving-unmet", await Refusal.CodeOf(() => LeaveAsync(table.Dean, table.College)));
        Assert.Equal(3, (await table.DraftAsync()).Members.Length);

        var left = (await LeaveAsync(table.Dean, table.College, knowing: true)).Document;
        var departure = Assert.Single(left.Departures);
        Assert.Equal((table.College, SigningParty.Postsecondary), (departure.Organization, Assert.Single(departure.LeftUnmet).Party));
        Assert.Equal(SigningParty.Postsecondary, Assert.Single(left.Missing(SignOffPolicy.OneOfEach.Usual)).Party);
        Assert.Equal("definition.sign-off-missing", await Refusal.CodeOf(() => table.PublishAsync()));
        Assert.Equal([NoticeKind.CoAuthorLeft], await KindsAsync(table.Master));
        Assert.Equal("definition.not-found", await Refusal.CodeOf(() => table.Reading.ReadAsync(table.Dean, Drafts.Slug, default)));

        // Asked again, the college's word for the same content counts again.
        await table.Drafting.AddAsync(table.Teacher, Drafts.Slug, table.College, null, null, default);
        Assert.Equal(1, (await table.PublishAsync()).Version.Version);
    }

    [Fact]
    public async Task Who_is_not_needed_leaves_without_further_ado_and_the_lead_stays()
    {
        await table.StartAsync();
        await table.Drafting.AddAsync(table.Teacher, Drafts.Slug, table.Forge, null, null, default);
        var smith = new Actor(PersonId.From("smith"));
        await table.Store.CommitAsync(
            new Changes().Add(PersonDocuments.Kind, Person.Named(smith.Person, "Smith")).Add(MembershipDocuments.Kind, new(MembershipId.New(table.Clock.Now()), smith.Person, table.Forge, Role.OrganizationAdmin, table.Clock.Now())), default);

        Assert.Empty(Assert.Single((await LeaveAsync(smith, table.Forge)).Document.Departures).LeftUnmet);
        Assert.Equal("definition.owner-stays", await Refusal.CodeOf(() => LeaveAsync(table.Principal, table.School, knowing: true)));
        Assert.Equal("role.missing", await Refusal.CodeOf(() => LeaveAsync(table.Teacher, table.School)));
        Assert.Equal("role.missing", await Refusal.CodeOf(() => LeaveAsync(table.Dean, table.Guild)));
        Assert.Equal("definition.not-found", await Refusal.CodeOf(() => LeaveAsync(table.Outsider, table.College)));
    }

    [Fact]
    public async Task Who_has_left_still_takes_back_what_was_published_and_the_authors_are_told()
    {
        await table.StartAsync();
        await table.SignAllAsync();
        var published = await table.PublishAsync();
        await LeaveAsync(table.Dean, table.College, knowing: true);
        var signOff = published.SignOffs.Single(signOff => signOff.Organization == table.College);
        Assert.Null((await ProvenanceAsync(published)).SignOffs.Single(kept => kept.Id == signOff.Id).Withdrawn);

        Assert.Equal("role.missing", await Refusal.CodeOf(() => table.SignOffs.WithdrawAsync(table.Master, Drafts.Slug, signOff.Id, "Not ours.", null, default)));
        await table.SignOffs.WithdrawAsync(table.Dean, Drafts.Slug, signOff.Id, "The welding code changed.", null, default);

        Assert.NotNull((await ProvenanceAsync(published)).SignOffs.Single(kept => kept.Id == signOff.Id).Withdrawn);
        Assert.Contains(NoticeKind.SignOffWithdrawn, await KindsAsync(table.Principal));
        Assert.Contains(NoticeKind.SignOffWithdrawn, await KindsAsync(table.Master));
        Assert.DoesNotContain(NoticeKind.SignOffWithdrawn, await KindsAsync(table.Teacher));
    }

    private Task<Read<BadgeDraft>> LeaveAsync(Actor actor, OrganizationId organization, bool knowing = false) =>
        table.Drafting.LeaveAsync(actor, Drafts.Slug, organization, "Our program ends.", knowing, table.Publications.NeedsAsync, null, default);

    private async Task<VersionProvenance> ProvenanceAsync(VersionProvenance of) => (await table.Store.GetAsync(CoAuthoringDocuments.Provenance, of.Id, "badge", default)).Document;

    private async Task<IReadOnlyList<NoticeKind>> KindsAsync(Actor reader) =>
        [.. (await table.Store.QueryAsync(NoticeDocuments.Kind, NoticeDocuments.ByPerson.Where(reader.Person.Value).Take(50), default)).Documents.Select(notice => notice.Kind).Where(kind => kind != NoticeKind.SignOffAsked)];
}
