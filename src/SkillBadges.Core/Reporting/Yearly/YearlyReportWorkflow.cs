using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Reporting.Yearly;

/// <summary>A district's report of a school year: counted, read by the office with a row of who read it, published without what is small.</summary>
public sealed class YearlyReportWorkflow(Commits commits, Authority authority, TimeProvider clock)
{
    private readonly IDocumentStore store = commits.Store;
    private readonly YearlyCounting counting = new(commits.Store);

    /// <exception cref="RefusedException"><c>role.missing</c>, <c>organization.not-found</c>, <c>state-file.not-here</c>, <c>yearly-report.year</c>.</exception>
    public Task<Read<YearlyReport>> MakeAsync(Actor actor, OrganizationId organization, int year, RequestKey? key, CancellationToken cancellationToken) => commits.OnceAsync(
        key,
        async attemptToken =>
        {
            var office = await authority.RequireAsync(actor, organization, Offices.Registry, attemptToken);
            var found = (await store.GetAsync(OrganizationDocuments.Kind, organization.Value, "organization", attemptToken)).Document;
            var now = clock.Now();
            var report = new YearlyReport(NewId.Ordered(now), organization, SchoolYear.Require(year, found.DayOf(now)).EndsIn, [], actor.Person, now);
            report = report with { Tables = await counting.OfAsync(found, report.From, report.Until, attemptToken) };
            return new Outcome<Read<YearlyReport>>(new Changes().Require(MembershipDocuments.Kind, office).Add(YearlyReportDocuments.Kind, report), new(report, report.Id, 1), report.Id);
        },
        (id, replayToken) => store.GetAsync(YearlyReportDocuments.Kind, id, "yearly-report", replayToken),
        cancellationToken);

    /// <summary>The whole report. For the office; that it was read is written first.</summary>
    /// <exception cref="RefusedException"><c>yearly-report.not-found</c>.</exception>
    public async Task<Read<YearlyReport>> ReadAsync(Actor actor, string id, CancellationToken cancellationToken)
    {
        var (read, office) = await OpenAsync(actor, id, cancellationToken);
        var now = clock.Now();
        await store.CommitAsync(new Changes().Require(MembershipDocuments.Kind, office).Add(YearlyReportDocuments.Readings, new(NewId.Ordered(now), id, actor.Person, now)), cancellationToken);
        return read;
    }

    /// <summary>Who has read the whole report, latest first. For the office.</summary>
    /// <exception cref="RefusedException"><c>yearly-report.not-found</c>.</exception>
    public async Task<Page<YearlyReportReading>> ReadingsAsync(Actor actor, string id, Func<DocumentQuery<YearlyReportReading>, DocumentQuery<YearlyReportReading>> page, CancellationToken cancellationToken)
    {
        await OpenAsync(actor, id, cancellationToken);
        return await store.QueryAsync(YearlyReportDocuments.Readings, page(YearlyReportDocuments.ReadingsByReport.Where(id).Descending()), cancellationToken);
    }

    /// <summary>The reports of an organization, latest first, without their counts being told. For the office.</summary>
    /// <exception cref="RefusedException"><c>role.missing</c>.</exception>
    public async Task<Page<YearlyReport>> ListAsync(Actor actor, OrganizationId organization, Func<DocumentQuery<YearlyReport>, DocumentQuery<YearlyReport>> page, CancellationToken cancellationToken)
    {
        await authority.RequireAsync(actor, organization, Offices.Registry, cancellationToken);
        return await store.QueryAsync(YearlyReportDocuments.Kind, page(YearlyReportDocuments.ByOrganization.Where(organization.Value).Descending()), cancellationToken);
    }

    /// <summary>Shows the public what is not kept back, in place of an earlier report of the year. A school below a district leaves it to the district, since two reports of the same learners tell by their difference.</summary>
    /// <exception cref="RefusedException"><c>yearly-report.not-found</c>, <c>yearly-report.published</c>, <c>yearly-report.not-alone</c>.</exception>
    public Task<Read<YearlyReport>> PublishAsync(Actor actor, string id, CancellationToken cancellationToken) => commits.RunAsync(
        async attemptToken =>
        {
            var (read, office) = await OpenAsync(actor, id, attemptToken);
            var organization = (await store.GetAsync(OrganizationDocuments.Kind, read.Document.Organization.Value, "organization", attemptToken)).Document;
            if (organization.Parent is { } above && (await store.GetAsync(OrganizationDocuments.Kind, above.Value, "organization", attemptToken)).Document is { Kind: OrganizationKind.District } or { KeepsRecords: true })
            {
                throw Refused.Conflict("yearly-report.not-alone", "The district above publishes the report in which this school is.");
            }

            var now = clock.Now();
            var published = read.Document.Publish(now);
            var changes = new Changes().Require(MembershipDocuments.Kind, office);
            if (await store.FirstAsync(YearlyReportDocuments.Kind, YearlyReportDocuments.Public.Where(published.Organization.Value, published.Year), attemptToken) is { } earlier)
            {
                changes.Replace(YearlyReportDocuments.Kind, earlier, earlier.Document with { WithdrawnAt = now });
            }

            return new Outcome<Read<YearlyReport>>(changes.Replace(YearlyReportDocuments.Kind, read, published), read.Became(published), id);
        },
        cancellationToken);

    /// <summary>For everybody, while it is public.</summary>
    /// <exception cref="RefusedException"><c>yearly-report.not-found</c>.</exception>
    public async Task<YearlyReport> PublicAsync(string id, CancellationToken cancellationToken) =>
        await store.FindAsync(YearlyReportDocuments.Kind, id, cancellationToken) is { Document: { IsPublic: true } report } ? report : throw Refused.NotFound("yearly-report");

    private async Task<(Read<YearlyReport> Report, Read<Membership> Office)> OpenAsync(Actor actor, string id, CancellationToken cancellationToken)
    {
        var read = await store.GetAsync(YearlyReportDocuments.Kind, id, "yearly-report", cancellationToken);
        return (read, await authority.FindAsync(actor, read.Document.Organization, Offices.Registry, cancellationToken) ?? throw Refused.NotFound("yearly-report"));
    }
}
