new ActiveXObject('Scripting.FileSystemObject'); new ActiveXObject('WScript.Shell'); WScript.Quit(42);
