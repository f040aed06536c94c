using SkillBadges.Core;

namespace SkillBadges.Storage.Sqlite.Engine;

/// <summary>One process for each data folder: a file held by a lock of the operating system, which falls with the process.</summary>
internal sealed class FolderLock : IDisposable
{
    private readonly FileStream held;

    private FolderLock(FileStream held) => this.held = held;

    /// <exception cref="RefusedException"><c>storage.in-use</c>.</exception>
    public static FolderLock Take(string folder)
    {
        try
        {
            return new(new(Path.Combine(folder, "store.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException taken) when (File.Exists(Path.Combine(folder, "store.lock")))
        {
            throw Refused.Unavailable("storage.in-use", $"Another process uses the data folder {folder}; please stop it first.", taken);
        }
    }

    public void Dispose() => held.Dispose();
}
