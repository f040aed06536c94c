namespace SkillBadges.Storage.Sqlite.Engine;

/// <summary>Work that waits for the writer.</summary>
internal abstract class WriteWork(CancellationToken cancellationToken)
{
    private bool begun;

    /// <summary>Given up before it was begun; what was begun is not torn.</summary>
    public bool IsCanceled => !begun && cancellationToken.IsCancellationRequested;

    protected Exception? Failure { get; private set; }

    public void Do(Connection connection)
    {
        begun = true;
        Perform(connection);
    }

    public void Fail(Exception failure) => Failure ??= failure;

    public abstract void Tell();

    protected abstract void Perform(Connection connection);
}

internal sealed class WriteWork<T>(Func<Connection, T> work, CancellationToken cancellationToken) : WriteWork(cancellationToken)
{
    private readonly TaskCompletionSource<T> source = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationToken cancellationToken = cancellationToken;
    private T? result;

    public Task<T> Answer => source.Task;

    public override void Tell()
    {
        _ = Failure is { } failure ? source.TrySetException(failure)
            : IsCanceled ? source.TrySetCanceled(cancellationToken)
            : source.TrySetResult(result!);
    }

    protected override void Perform(Connection connection) => result = work(connection);
}
