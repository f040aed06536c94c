using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Evidence.Assessors;

/// <summary>Whether somebody holds a qualification today, checked by the office of the school or of an organization above it.</summary>
public sealed class QualificationCheck(IDocumentStore store, TimeProvider clock)
{
    private const int MaxAbove = 16;

    /// <returns>The assignment resting on the document; as it was when none is asked for; null when there is none that holds.</returns>
    public async Task<Assignment?> ApplyAsync(Assignment assignment, OrganizationId school, string? code, CancellationToken cancellationToken)
    {
        if (code is null)
        {
            return assignment;
        }

        var held = await store.WholeAsync(
            QualificationDocuments.Kind, QualificationDocuments.ByHolder.Where(assignment.Assessor.Person.Value).Descending(), cancellationToken);
        var documents = held.Items.Where(read => read.Document.Code == code).ToList();
        OrganizationId? next = documents.Count == 0 ? null : school;
        for (var steps = 0; next is { } id && steps < MaxAbove; steps++)
        {
            var office = (await store.GetAsync(OrganizationDocuments.Kind, id.Value, "organization", cancellationToken)).Document;
            if (documents.Find(read => read.Document.Organization == id && read.Document.HoldsOn(office.DayOf(clock.Now()))) is { } found)
            {
                return (assignment with { Assessor = assignment.Assessor with { Qualification = found.Document.Id } }).On(QualificationDocuments.Kind, found);
            }

            next = office.Parent;
        }

        return null;
    }
}
