using SkillBadges.Core.Ledger;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Sharing.Consents;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Sharing.Statements;

/// <summary>Whoever holds the rights in a record writes beside its entries, and nobody takes it away again.</summary>
public sealed class StatementWorkflow(Commits commits, ConsentReading consents, Authority authority, TimeProvider clock)
{
    private readonly IDocumentStore store = commits.Store;

    /// <exception cref="RefusedException"><c>learner.not-found</c>, <c>entry.not-found</c>, <c>consent.not-yours</c>, <c>statement.text</c>, <c>statement.too-many</c>.</exception>
    public Task<Read<Statement>> WriteAsync(Actor actor, PersonId learner, string entry, string text, RequestKey? key, CancellationToken cancellationToken) => commits.OnceAsync(
        key,
        async attemptToken =>
        {
            var now = clock.Now();
            var about = await store.FindAsync(LedgerDocuments.Kind, entry, attemptToken);
            var rights = about?.Document.Learner == learner ? await consents.Rights.OfAsync(learner, about.Document.RecordKeeper, attemptToken) : throw Refused.NotFound("entry");
            var changes = new Changes().Require(PersonDocuments.Kind, rights.Learner);
            var voice = await consents.VoiceAsync(actor, rights, changes, attemptToken) ?? throw Refused.NotFound("entry");
            if ((voice == ConsentVoice.Learner) == rights.FamilyHolds)
            {
                throw Refused.Forbidden("consent.not-yours", "Until 18 the family writes beside what a school keeps, from then on, and at a college, the student does.");
            }

            if (await store.CountAsync(StatementDocuments.Kind, StatementDocuments.ByEntry.Where(entry), Statement.MaxPerEntry, attemptToken) >= Statement.MaxPerEntry)
            {
                throw Refused.Conflict("statement.too-many", $"There are {Statement.MaxPerEntry} statements beside this entry already.");
            }

            var written = Statement.Write(StatementId.New(now), learner, rights.RecordKeeper.Id, entry, text, actor.Person, now);
            return changes.Adding(StatementDocuments.Kind, written);
        },
        (id, replayToken) => store.GetAsync(StatementDocuments.Kind, id, "entry", replayToken),
        cancellationToken);

    /// <summary>Whether it is the actor who may write beside what this school keeps of the learner.</summary>
    public async Task<bool> MayWriteAsync(Actor actor, PersonId learner, OrganizationId recordKeeper, CancellationToken cancellationToken)
    {
        var rights = await consents.Rights.OfAsync(learner, recordKeeper, cancellationToken);
        return await consents.VoiceAsync(actor, rights, null, cancellationToken) is { } voice && (voice == ConsentVoice.Learner) != rights.FamilyHolds;
    }

    /// <summary>The statements about one school's record of a learner: for the learner, the family and that school's staff.</summary>
    /// <exception cref="RefusedException"><c>learner.not-found</c>.</exception>
    public async Task<Page<Statement>> ListAsync(Actor actor, PersonId learner, OrganizationId recordKeeper, Func<DocumentQuery<Statement>, DocumentQuery<Statement>> page, CancellationToken cancellationToken)
    {
        var rights = await consents.Rights.OfAsync(learner, recordKeeper, cancellationToken);
        var voice = await consents.VoiceAsync(actor, rights, null, cancellationToken);
        if (voice != ConsentVoice.Learner && !(voice == ConsentVoice.Guardian && rights.FamilyHolds) && await authority.FindAsync(actor, recordKeeper, Offices.Records, cancellationToken) is null)
        {
            throw Refused.NotFound("learner");
        }

        var found = await store.QueryAsync(StatementDocuments.Kind, page(StatementDocuments.ByLearner.Where(learner.Value)), cancellationToken);
        return new([.. found.Items.Where(read => read.Document.RecordKeeper == recordKeeper)], found.Next);
    }
}
