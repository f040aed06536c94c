using System.Security.Cryptography;

namespace SkillBadges.Core.Storage;

/// <summary>
/// Runs find, apply, commit; again from the start when somebody else was faster, at most five times; and once only for
/// requests that carry the same key.
/// </summary>
public sealed class Commits(IDocumentStore store, TimeProvider clock)
{
    private const int Attempts = 5;

    public IDocumentStore Store => store;

    /// <param name="attempt">Finds, applies the rule and says what to commit; runs again after a conflict.</param>
    public Task<T> RunAsync<T>(Func<CancellationToken, Task<Outcome<T>>> attempt, CancellationToken cancellationToken) =>
        OnceAsync(null, attempt, (_, _) => throw new InvalidOperationException("Nothing to replay."), cancellationToken);

    /// <param name="key">Makes a repetition the same request; null when the client sent none.</param>
    /// <param name="attempt">Finds, applies the rule and says what to commit; runs again after a conflict.</param>
    /// <param name="replay">Reads the earlier result by its id.</param>
    /// <param name="cancellationToken">Stops between attempts; a commit under way is not torn.</param>
    /// <exception cref="RefusedException"><c>request.key-reused</c> when the key came with another body, and those of <see cref="RequestKey.RequireStill"/>.</exception>
    public async Task<T> OnceAsync<T>(
        RequestKey? key,
        Func<CancellationToken, Task<Outcome<T>>> attempt,
        Func<string, CancellationToken, Task<T>> replay,
        CancellationToken cancellationToken)
    {
        for (var round = 1; ; round++)
        {
            if (key is not null && await store.FindAsync(RequestDocuments.Kind, key.RecordId, cancellationToken) is { } earlier)
            {
                var known = SameRequest(key, earlier.Document);
                await (key.RequireStill?.Invoke(known.MadeAt, cancellationToken) ?? Task.CompletedTask);
                return await replay(known.ResultId, cancellationToken);
            }

            try
            {
                var outcome = await attempt(cancellationToken);
                if (key is not null)
                {
                    outcome.Changes.Add(RequestDocuments.Kind, new(key.RecordId, key.BodyHash, outcome.ResultId, clock.Now() + RequestRecord.Lifetime));
                }

                if (!outcome.Changes.IsEmpty)
                {
                    await store.CommitAsync(outcome.Changes, cancellationToken);
                }

                return outcome.Result;
            }
            catch (RefusedException lost) when (round < Attempts && lost is VersionConflictException or NotUniqueException)
            {
                // Somebody else was faster. A short random pause parts those who collide.
                await Task.Delay(TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32(1, 4 * round * round)), clock, cancellationToken);
            }
            catch (RefusedException) when (key is not null && round < Attempts)
            {
                // A rule may refuse because the same request, sent twice at once, has just succeeded: then answer with its result.
                if (await store.FindAsync(RequestDocuments.Kind, key.RecordId, cancellationToken) is null)
                {
                    throw;
                }
            }
        }
    }

    private static RequestRecord SameRequest(RequestKey key, RequestRecord earlier) => earlier.BodyHash == key.BodyHash
        ? earlier
        : throw Refused.Invalid("request.key-reused", "This Idempotency-Key was used for another request; please make a new one.");
}
