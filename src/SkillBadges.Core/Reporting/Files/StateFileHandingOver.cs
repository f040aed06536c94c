using System.Security.Cryptography;
using SkillBadges.Core.Gradebook.Joins;
using SkillBadges.Core.OneRoster.Exporting;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Sharing;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Reporting.Files;

/// <summary>
/// Gives a file out with the state's numbers in it. The district sends its list of numbers along: each is compared with the keyed digest that is kept of a learner's number, and forgotten. Where
/// none was entered here, the number that the roster brought stands. Before a byte leaves, each learner has a row of who saw it.
/// </summary>
public sealed class StateFileHandingOver(IDocumentStore store, StateFileWorkflow workflow, KeyEncryptionKey keys, IPartialFiles files, TimeProvider clock)
{
    public const int MaxNumbers = 100_000;

    /// <param name="numbers">State numbers in any order; those of others match nobody.</param>
    /// <exception cref="RefusedException"><c>state-file.not-found</c>, <c>state-file.not-made</c>, <c>state-file.numbers</c>, <c>state-number.form</c>, <c>state-file.numbers-missing</c>.</exception>
    public async Task<ExportedPack> WriteAsync(Actor actor, string id, IReadOnlyCollection<string> numbers, CancellationToken cancellationToken)
    {
        var (read, office) = await workflow.OpenAsync(actor, id, cancellationToken);
        var file = read.Document.RequireMade();
        var known = await NumbersAsync(file, numbers, cancellationToken);
        var part = NewId.Ordered(clock.Now());
        var handOver = new StateFileHandOver(part, id, actor.Person, clock.Now(), "");
        try
        {
            using (var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, keys.Derive("state-file-hand-over")))
            {
                await using var target = files.OpenToWrite(part, 0);
                await WriteAsync(StateCsv.Header(file.Columns), target, hash, cancellationToken);
                await foreach (var page in store.AllAsync(StateFileDocuments.Pages, StateFileDocuments.PagesByFile.Where(id), cancellationToken))
                {
                    await DiscloseAsync(actor, file, office, page.Document, cancellationToken);
                    foreach (var row in page.Document.Rows)
                    {
                        await WriteAsync(StateCsv.Row(row, file.Columns, known.GetValueOrDefault(row.Learner, "")), target, hash, cancellationToken);
                    }
                }

                handOver = handOver with { Mark = Convert.ToHexStringLower(hash.GetHashAndReset()) };
            }

            await store.CommitAsync(new Changes().Require(MembershipDocuments.Kind, office).Add(StateFileDocuments.HandOvers, handOver), cancellationToken);
            return new(files.OpenToRead(part)!, () => files.Remove(part));
        }
        catch
        {
            files.Remove(part);
            throw;
        }
    }

    /// <summary>To whom a file was given, latest first.</summary>
    /// <exception cref="RefusedException"><c>state-file.not-found</c>.</exception>
    public async Task<Page<StateFileHandOver>> ListAsync(Actor actor, string id, Func<DocumentQuery<StateFileHandOver>, DocumentQuery<StateFileHandOver>> page, CancellationToken cancellationToken)
    {
        await workflow.OpenAsync(actor, id, cancellationToken);
        return await store.QueryAsync(StateFileDocuments.HandOvers, page(StateFileDocuments.HandOversByFile.Where(id).Descending()), cancellationToken);
    }

    private static async Task WriteAsync(byte[] line, Stream target, IncrementalHash hash, CancellationToken cancellationToken)
    {
        hash.AppendData(line);
        await target.WriteAsync(line, cancellationToken);
    }

    // A draft goes to the office that made it; a signed file to the state, under the agreement that it names.
    private async Task DiscloseAsync(Actor actor, StateFile file, Read<Membership> office, StateFilePage page, CancellationToken cancellationToken)
    {
        var (now, isSigned) = (clock.Now(), file.LockedAt is not null);
        var changes = new Changes().Require(MembershipDocuments.Kind, office);
        foreach (var ((learner, keeper), count) in page.Rows.Select(row => (row.Learner, row.Keeper, row.Record)).Distinct().CountBy(row => (row.Learner, row.Keeper)))
        {
            changes.Disclose(new(NewId.Ordered(now), learner, keeper, actor.Person, isSigned ? null : file.Terms.Organization, isSigned ? DisclosureBasis.AuditOrEvaluation : DisclosureBasis.SchoolOfficial, count, now)
            {
                Door = DisclosureDoor.Export,
                Through = file.Id,
                Recipient = isSigned ? file.Receiver.Name : null,
            });
        }

        await store.CommitAsync(changes, cancellationToken);
    }

    private async Task<Dictionary<PersonId, string>> NumbersAsync(StateFile file, IReadOnlyCollection<string> numbers, CancellationToken cancellationToken)
    {
        if (numbers.Count > MaxNumbers)
        {
            throw Refused.Invalid("state-file.numbers", $"At most {MaxNumbers} numbers are sent along.");
        }

        var known = new Dictionary<PersonId, string>();
        if (!file.HasNumbers)
        {
            return known;
        }

        var byDigest = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var number in numbers.Select(number => number.Trim()))
        {
            byDigest[StateNumber.DigestOf(number, keys)] = number;
        }

        var (book, missing) = (new NumberBook(store, keys, byDigest), 0);
        var seen = new HashSet<PersonId>();
        await foreach (var page in store.AllAsync(StateFileDocuments.Pages, StateFileDocuments.PagesByFile.Where(file.Id), cancellationToken))
        {
            foreach (var learner in page.Document.Rows.Select(row => row.Learner).Where(seen.Add))
            {
                if (await book.OfAsync(learner, cancellationToken) is { } number)
                {
                    known[learner] = number;
                }
                else
                {
                    missing++;
                }
            }
        }

        return missing == 0 ? known : throw Refused.Invalid("state-file.numbers-missing", $"The numbers of {missing} learners of {seen.Count} are not known: neither the list that you sent nor a roster has them.");
    }
}
